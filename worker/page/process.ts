import type { ChildProcess } from 'node:child_process';
import pidusage from 'pidusage';
import { FanfoldError } from '#server/errors.ts';
import { answerOf } from './answer.ts';
import { failureOf } from './failure.ts';
import type {
  AnswerMessage,
  PagePoolOptions,
  PageResults,
  PageTask,
  ProcessMessage,
  Question,
  TaskMessage,
  TaskOptions,
} from './protocol.ts';
import { startProcess } from './start-process.ts';

const LOOK_INTERVAL_MS = 500;
/** Looks in a row without a sign of life, after which a process with a task was stopped. */
const SILENT_LOOKS = 30;
/** Tasks after which the memory is looked at, however short they were. */
const MEASURE_EVERY = 50;
/** Within which a process must be ready, on a machine under load. */
const START_MS = 60_000;
/** Characters of the standard error that are kept for the log. */
const KEPT_STDERR = 8_000;
/** What V8 writes before it ends a process whose heap is full. */
const HEAP_EXHAUSTED = /heap out of memory/;

type Result = PageResults[PageTask['kind']];

interface Running {
  id: number;
  options: TaskOptions;
  percent: number;
  resolve: (result: Result) => void;
  reject: (reason: unknown) => void;
}

/** One child process. It does one task at a time and is of no use once it has ended. */
export class PageProcess {
  readonly #child: ChildProcess;
  readonly #options: PagePoolOptions;
  readonly ended: Promise<void>;
  /** Resolves once it has loaded what it needs, or has ended. */
  readonly ready: Promise<void>;
  /** Tasks given to it so far. */
  tasks = 0;
  /** Those that took more than looking at a page. */
  heavyTasks = 0;
  /** The languages that its engine has loaded. */
  languages: string | undefined;
  /** The file that it holds open. */
  path: string | undefined;
  alive = true;
  /** Resident bytes when last looked at, while a task ran. */
  used = 0;
  stderr = '';
  #running: Running | undefined;
  #ready = false;
  readonly #becameReady = Promise.withResolvers<void>();
  /** Of the task that runs; its time counts from when the process is ready. */
  #timeout: NodeJS.Timeout | undefined;
  /** When that time is over, milliseconds since the epoch. */
  #deadline = 0;
  /** Why it was killed. */
  #reason: unknown;
  /** Looks since its watchdog has last shown that it lives. */
  #silentLooks = 0;

  constructor(options: PagePoolOptions) {
    this.#options = options;
    this.languages = options.warm?.languages.join('+');
    this.#child = startProcess(options);
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr = (this.stderr + text).slice(-KEPT_STDERR);
    });
    this.#child.stdio[4]?.on('data', () => {
      this.#silentLooks = 0;
    });
    this.#child.on('message', (message: ProcessMessage) => this.#receive(message));
    this.ready = this.#becameReady.promise;
    this.ended = new Promise((resolve) => {
      const end = (cause: string) => {
        this.#end(cause);
        resolve();
      };
      this.#child.once('close', (code, signal) => end(`ended with ${signal ?? code}`));
      this.#child.on('error', (error) => end(error.message));
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Does a task; the process is killed where it passes a limit or the signal fires. */
  async run(task: PageTask, options: TaskOptions): Promise<Result> {
    const id = ++this.tasks;
    this.path = task.source.path;
    if (task.kind === 'recognize') this.languages = task.languages.join('+');
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    this.#running = { id, options, percent: -1, resolve, reject };
    const stopWatching = this.#watch(options);
    try {
      this.#child.send({ kind: 'task', id, task } satisfies TaskMessage);
      const result = await promise;
      if (isHeavy(result)) this.heavyTasks++;
      return result;
    } finally {
      stopWatching();
      this.#running = undefined;
      if (this.tasks % MEASURE_EVERY === 0) void this.#measure();
    }
  }

  /** Kills it at once; a task that it runs rejects with the reason. */
  kill(reason: unknown): void {
    this.#reason ??= reason;
    this.alive = false;
    this.#child.kill('SIGKILL');
  }

  #watch({ signal, timeoutMs = this.#options.timeoutMs }: TaskOptions): () => void {
    const { maxRssBytes } = this.#options;
    const abort = () => this.kill(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    this.#limitTime(this.#ready ? timeoutMs : START_MS);
    this.#silentLooks = 0;
    const look = setInterval(async () => {
      if (this.#ready && ++this.#silentLooks > SILENT_LOOKS) {
        this.kill(new FanfoldError('PAGE_CRASHED', { detail: 'the process was stopped' }));
      }
      await this.#measure();
      if (this.used <= maxRssBytes || !this.#running) return;
      this.kill(new FanfoldError('PAGE_OUT_OF_MEMORY', { detail: `${this.used} bytes resident` }));
    }, LOOK_INTERVAL_MS);
    return () => {
      signal.removeEventListener('abort', abort);
      clearTimeout(this.#timeout);
      clearInterval(look);
    };
  }

  /** The task's time stands still while somebody else works on it. */
  async #answer({ id, options }: Running, asked: Question): Promise<void> {
    const left = Math.max(0, this.#deadline - Date.now());
    clearTimeout(this.#timeout);
    const outcome = await answerOf(options.answers, asked).then(
      (answer) => ({ answer }),
      (error) => ({ failure: failureOf(error) }),
    );
    if (!this.alive || this.#running?.id !== id) return;
    this.#limitTime(left);
    this.#child.send({ kind: 'answer', id, ...outcome } satisfies AnswerMessage);
  }

  async #measure(): Promise<void> {
    this.used = await residentBytes(this.pid);
  }

  #limitTime(milliseconds: number): void {
    clearTimeout(this.#timeout);
    this.#deadline = Date.now() + milliseconds;
    this.#timeout = setTimeout(() => {
      const detail = this.#ready ? `after ${milliseconds} ms` : 'the process did not start';
      this.kill(new FanfoldError(this.#ready ? 'PAGE_TIMEOUT' : 'PAGE_CRASHED', { detail }));
    }, milliseconds);
  }

  #start(): void {
    this.#ready = true;
    this.#becameReady.resolve();
    if (this.#running) this.#limitTime(this.#running.options.timeoutMs ?? this.#options.timeoutMs);
  }

  #receive(message: ProcessMessage) {
    const running = this.#running;
    if (message.kind === 'ready') return this.#start();
    if (message.id !== running?.id) return;
    switch (message.kind) {
      case 'progress':
        if (message.percent <= running.percent) return;
        running.percent = message.percent;
        return running.options.onProgress?.(message.percent);
      case 'preview':
        return running.options.onPreview?.(message.preview);
      case 'ask':
        return void this.#answer(running, message);
      case 'done':
        return running.resolve(message.result);
      case 'error': {
        const { code, detail, sentence } = message;
        return running.reject(
          new FanfoldError(code, { detail, ...(sentence ? { sentence } : {}) }),
        );
      }
    }
  }

  #end(cause: string): void {
    this.alive = false;
    this.#becameReady.resolve();
    const code = HEAP_EXHAUSTED.test(this.stderr) ? 'PAGE_OUT_OF_MEMORY' : 'PAGE_CRASHED';
    this.#running?.reject(this.#reason ?? new FanfoldError(code, { detail: cause }));
  }
}

/** A page that was taken without being drawn costs neither pixels nor an engine. */
function isHeavy(result: Result): boolean {
  return !('layout' in result) || result.preview !== null;
}

async function residentBytes(pid: number | undefined): Promise<number> {
  if (pid === undefined) return 0;
  return pidusage(pid).then(
    ({ memory }) => memory,
    () => 0,
  );
}
