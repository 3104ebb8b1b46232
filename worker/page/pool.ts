import { setTimeout as sleep } from 'node:timers/promises';
import { FanfoldError } from '#server/errors.ts';
import type { Logger } from '#server/logger.ts';
import { PageProcess } from './process.ts';
import type { PagePool, PagePoolOptions, PageResults, PageTask, TaskOptions } from './protocol.ts';

/** Within which a process starts also on a machine under load; one that somebody has stopped is not waited for. */
const READY_MS = 20_000;
/** A process that holds more than this share of its limit is replaced. */
const KEPT_MEMORY_SHARE = 0.6;

/** Page processes that are started when first needed and kept warm. See `PagePool`. */
export function createPagePool(options: PagePoolOptions, deps: { logger: Logger }): PagePool {
  return new ForkedPagePool(options, deps.logger);
}

interface Waiting {
  task: PageTask;
  take: (process: PageProcess) => void;
  reject: (reason: unknown) => void;
}

class ForkedPagePool implements PagePool {
  readonly #options: PagePoolOptions;
  readonly #logger: Logger;
  readonly #processes = new Set<PageProcess>();
  /** Taken by a task, from before it starts until after it ends. */
  readonly #taken = new Set<PageProcess>();
  readonly #waiting = new Set<Waiting>();
  #closed = false;

  constructor(options: PagePoolOptions, logger: Logger) {
    this.#options = options;
    this.#logger = logger;
    this.#startAhead();
  }

  get size(): number {
    return this.#options.size;
  }

  async ready(): Promise<void> {
    const started = [...this.#processes].map((process) => process.ready);
    if (started.length === 0) return;
    await Promise.race([...started, sleep(READY_MS, undefined, { ref: false })]);
  }

  async run<T extends PageTask>(task: T, options: TaskOptions): Promise<PageResults[T['kind']]> {
    const process = await this.#acquire(task, options.signal);
    try {
      return (await process.run(task, options)) as PageResults[T['kind']];
    } finally {
      this.#release(process);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const reason = closedError();
    for (const waiting of this.#waiting) waiting.reject(reason);
    this.#waiting.clear();
    for (const process of this.#processes) process.kill(reason);
    await Promise.all([...this.#processes].map((process) => process.ended));
  }

  #acquire(task: PageTask, signal: AbortSignal): Promise<PageProcess> {
    signal.throwIfAborted();
    if (this.#closed) throw closedError();
    const { promise, resolve, reject } = Promise.withResolvers<PageProcess>();
    const waiting: Waiting = { task, take: resolve, reject };
    const abort = () => {
      this.#waiting.delete(waiting);
      reject(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    this.#waiting.add(waiting);
    this.#assign();
    return promise.finally(() => signal.removeEventListener('abort', abort));
  }

  /** Gives free processes to those who wait, first come first served. */
  #assign(): void {
    for (const waiting of this.#waiting) {
      const process = this.#choose(waiting.task);
      if (!process) return;
      this.#waiting.delete(waiting);
      this.#taken.add(process);
      waiting.take(process);
    }
  }

  /** The free process that needs to load least for the task, or a new one. */
  #choose(task: PageTask): PageProcess | undefined {
    const free = [...this.#processes].filter(
      (process) => process.alive && !this.#taken.has(process),
    );
    const languages = task.kind === 'recognize' ? task.languages.join('+') : undefined;
    const warmth = (process: PageProcess) =>
      (process.languages === languages ? 2 : 0) + (process.path === task.source.path ? 1 : 0);
    const [best] = free.sort((one, other) => warmth(other) - warmth(one));
    if (best && (languages === undefined || best.languages === languages)) return best;
    return this.#processes.size < this.#options.size ? this.#start() : best;
  }

  #release(process: PageProcess): void {
    this.#taken.delete(process);
    if (process.alive && this.#isSpent(process)) process.kill(undefined);
    if (!this.#closed) this.#assign();
  }

  /** WebAssembly never gives memory back: a process that a large page has swollen is not kept. */
  #isSpent({ heavyTasks, used }: PageProcess): boolean {
    return (
      heavyTasks >= this.#options.maxTasks || used > this.#options.maxRssBytes * KEPT_MEMORY_SHARE
    );
  }

  #start(): PageProcess {
    const process = new PageProcess(this.#options);
    this.#processes.add(process);
    process.ended.then(() => {
      this.#processes.delete(process);
      this.#logger.debug({ child: process.pid, stderr: process.stderr }, 'page process ended');
      if (this.#closed) return;
      this.#assign();
      // One that ended without having done anything would end so again.
      if (process.tasks > 0) this.#startAhead();
    });
    return process;
  }

  #startAhead(): void {
    const { startAhead = 0, size } = this.#options;
    while (this.#processes.size < Math.min(startAhead, size)) this.#start();
  }
}

function closedError(): FanfoldError {
  return new FanfoldError('PAGE_CRASHED', { detail: 'the pool was closed' });
}
