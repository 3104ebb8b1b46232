import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, describeEnding, type Launch, launchChild } from './child.ts';
import { PATIENCE, type Patience, START_PATIENCE, watchLiveness } from './liveness.ts';
import type { Output } from './output.ts';
import type { StopPolicy } from './processes.ts';
import type { Registry } from './registry.ts';

/** How a part shows that it answers: to a probe, or by saying so on its channel. */
export type Readiness = { probe: () => Promise<boolean> } | 'told';

export interface PartOptions {
  name: string;
  launch: Launch;
  ready: Readiness;
  stop: StopPolicy;
  /** Whether it still answers. Without it, whoever pings is pinged. */
  alive?: () => Promise<boolean>;
  patience?: Patience;
  /** Runs before each start of the process; a failure counts as a failed start. */
  prepare?: () => Promise<void>;
  registry: Registry;
  output: Output;
  backoff?: Backoff;
}

/** Waits between restarts, milliseconds: doubling from `first` to `max`. */
interface Backoff {
  first: number;
  max: number;
}

const PROBE_EVERY_MS = 150;
const REPORT_AFTER_MS = 60_000;
/** A process that ran this long has recovered: the next restart waits `first` again. */
const RECOVERED_AFTER_MS = 10_000;

/** One supervised process: started again, forever, when it ends by itself. */
export class Part {
  readonly name: string;
  readonly #options: PartOptions;
  readonly #backoff: Backoff;
  readonly #stopping = new AbortController();
  readonly #firstReady = Promise.withResolvers<void>();
  readonly #leaving = new Set<Promise<void>>();
  #replacement = Promise.withResolvers<'replaced'>();
  #child: Child | undefined;
  #loop: Promise<void> | undefined;

  constructor(options: PartOptions) {
    this.name = options.name;
    this.#options = options;
    this.#backoff = options.backoff ?? { first: 500, max: 10_000 };
    this.#firstReady.promise.catch(() => {});
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Resolves once the part answers for the first time; rejects when it is stopped before that. */
  start(): Promise<void> {
    this.#loop ??= this.#keepRunning();
    return this.#firstReady.promise;
  }

  /** Starts a new process at once, while the old one finishes what it holds. */
  replace(): void {
    this.#replacement.resolve('replaced');
  }

  /** Ends the process and starts it no more; resolves when it is gone. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#firstReady.reject(new Error(`${this.name} was stopped before it was ready`));
    await Promise.all([this.#child?.end(), ...this.#leaving]);
    await this.#loop;
  }

  async #keepRunning(): Promise<void> {
    let delay = this.#backoff.first;
    while (!this.#stopping.signal.aborted) {
      const startedAt = Date.now();
      const ending = await this.#run();
      if (ending === 'replaced' || this.#stopping.signal.aborted) continue;
      if (Date.now() - startedAt > RECOVERED_AFTER_MS) delay = this.#backoff.first;
      this.#options.output.warn(`${this.name} ${ending}; starting it again in ${delay / 1000} s`);
      await this.#pause(delay);
      delay = Math.min(delay * 2, this.#backoff.max);
    }
  }

  /** Runs the process until it ends or is replaced; resolves to how it ended, in words. */
  async #run(): Promise<string> {
    const { name, launch, prepare } = this.#options;
    try {
      await prepare?.();
    } catch (error) {
      return `could not be prepared: ${error instanceof Error ? error.message : error}`;
    }
    if (this.#stopping.signal.aborted) return 'was stopped';
    this.#replacement = Promise.withResolvers();
    const over = new AbortController();
    const child = launchChild(name, launch, {
      ...this.#options,
      onLine: (text) => this.#options.output.line(name, text),
    });
    this.#child = child;
    void this.#watch(child, over.signal);
    const ending = await Promise.race([
      child.exited.then(describeEnding),
      this.#replacement.promise,
    ]);
    over.abort();
    if (ending === 'replaced') this.#letGo(child);
    return ending;
  }

  async #watch(child: Child, over: AbortSignal): Promise<void> {
    const started = new AbortController();
    const starting = AbortSignal.any([over, started.signal]);
    const { patience } = this.#options;
    void this.#watchLiveness(child, starting, patience ?? START_PATIENCE);
    await this.#watchReadiness(child, over);
    started.abort();
    await this.#watchLiveness(child, over, patience ?? PATIENCE);
  }

  async #watchReadiness(child: Child, over: AbortSignal): Promise<void> {
    const { name, ready, output } = this.#options;
    const report = setInterval(
      () => output.warn(`${name} is still not ready after ${REPORT_AFTER_MS / 1000} s; waiting on`),
      REPORT_AFTER_MS,
    );
    over.addEventListener('abort', () => clearInterval(report));
    if (ready === 'told') await child.ready;
    else while (!over.aborted && !(await ready.probe())) await sleep(PROBE_EVERY_MS);
    clearInterval(report);
    if (!over.aborted) this.#firstReady.resolve();
  }

  async #watchLiveness(child: Child, over: AbortSignal, patience: Patience): Promise<void> {
    const { name, launch, alive, output } = this.#options;
    if (!alive && !launch.pings) return;
    const onSilent = () => {
      output.warn(`${name} has not answered for ${patience.silentMs / 1000} s; ending it`);
      child.kill();
    };
    const answers = alive ?? (() => child.ping(patience.everyMs));
    await watchLiveness({ alive: answers, patience, signal: over, onSilent });
  }

  #letGo(child: Child): void {
    const gone = child.end().finally(() => this.#leaving.delete(gone));
    this.#leaving.add(gone);
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stopping.signal }).catch(() => {});
  }
}
