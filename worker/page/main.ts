/**
 * The page process: does one task at a time, as its parent sends them. It has no credentials, and is
 * killed by its parent where it takes too long or too much.
 */
import { Worker } from 'node:worker_threads';
import sharp from 'sharp';
import { toFanfoldError } from '#server/errors.ts';
import { createEngines } from '#worker/ocr/engines.ts';
import { warmUp } from '#worker/ocr/warm-up.ts';
import type { ProcessMessage, ProcessSettings, TaskMessage } from './protocol.ts';
import { runTask } from './tasks.ts';

const [settings] = process.argv.slice(2);
if (!settings || !process.send) throw new Error('A page process is started by its pool.');

// The pool runs as many processes as there are cores to use.
sharp.concurrency(1);
sharp.cache(false);
new Worker(new URL('./watchdog.ts', import.meta.url), { workerData: process.ppid }).unref();

const { warmLanguages, ...engineSettings } = JSON.parse(settings) as ProcessSettings;
const engineOf = createEngines(engineSettings);
const warmed = warmLanguages ? warmUp(engineOf('tesseract'), warmLanguages) : Promise.resolve();
const send = (message: ProcessMessage) => void process.send?.(message);

process.on('disconnect', () => process.exit());
// pdf.js leaves promises behind when a page ends early; each task awaits what it needs.
process.on('unhandledRejection', () => {});
process.on('message', async ({ id, task }: TaskMessage) => {
  await warmed;
  runTask(task, {
    engineOf,
    onProgress: (percent) => send({ kind: 'progress', id, percent }),
    onPreview: (preview) => send({ kind: 'preview', id, preview }),
  }).then(
    (result) => send({ kind: 'done', id, result }),
    (error) => send({ kind: 'error', id, ...failure(error) }),
  );
});
await warmed;
send({ kind: 'ready' });

function failure(error: unknown) {
  const { code, message, sentence } = toFanfoldError(error);
  return { code, detail: message.replace(`${code}: `, ''), sentence };
}
