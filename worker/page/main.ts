/**
 * The page process: does one task at a time, as its parent sends them. It has no credentials, and is
 * killed by its parent where it takes too long or too much.
 */
import { flushCompileCache } from 'node:module';
import { Worker } from 'node:worker_threads';
import sharp from 'sharp';
import { FanfoldError } from '#server/errors.ts';
import { LanguageMemory } from '#worker/languages/memory.ts';
import { createEngines } from '#worker/ocr/engines.ts';
import { warmUp } from '#worker/ocr/warm-up.ts';
import { failureOf } from './failure.ts';
import type {
  AnswerMessage,
  Answers,
  ProcessMessage,
  ProcessSettings,
  TaskMessage,
} from './protocol.ts';
import { runTask } from './tasks.ts';

const [settings] = process.argv.slice(2);
if (!settings || !process.send) throw new Error('A page process is started by its pool.');

// The pool runs as many processes as there are cores to use.
sharp.concurrency(1);
sharp.cache(false);
new Worker(new URL('./watchdog.ts', import.meta.url), { workerData: process.ppid }).unref();

const send = (message: ProcessMessage) => void process.send?.(message);
let current = 0;
let answered: PromiseWithResolvers<unknown> | undefined;
const { warm, ...engineSettings } = JSON.parse(settings) as ProcessSettings;
const transcribe = asker('transcribe');
const recall = asker('recall');
const engineOf = createEngines(engineSettings, { transcribe });
const memory = new LanguageMemory();
const warmed = warm ? warmUp(() => engineOf(warm.engine), warm.languages) : Promise.resolve();

process.on('disconnect', () => process.exit());
// pdf.js leaves promises behind when a page ends early; each task awaits what it needs.
process.on('unhandledRejection', () => {});
process.on('message', async (message: TaskMessage | AnswerMessage) => {
  if (message.kind === 'answer') return settle(message);
  const { id, task } = message;
  await warmed;
  current = id;
  runTask(task, {
    engineOf,
    memory,
    recall,
    onProgress: (percent) => send({ kind: 'progress', id, percent }),
    onPreview: (preview) => send({ kind: 'preview', id, preview }),
  }).then(
    (result) => send({ kind: 'done', id, result }),
    (error) => send({ kind: 'error', id, ...failureOf(error) }),
  );
});
await warmed;
send({ kind: 'ready' });
// It is killed in the end, and would leave nothing to the next.
flushCompileCache();

/** A task asks one thing at a time. */
function asker<K extends keyof Answers>(question: K): Answers[K] {
  const ask = (subject: unknown) => {
    answered = Promise.withResolvers();
    send({ kind: 'ask', id: current, question, subject } as ProcessMessage);
    return answered.promise;
  };
  return ask as Answers[K];
}

function settle(message: AnswerMessage): void {
  if ('answer' in message) {
    answered?.resolve(message.answer);
  } else {
    const { code, detail, sentence } = message.failure;
    answered?.reject(new FanfoldError(code, { detail, ...(sentence ? { sentence } : {}) }));
  }
}
