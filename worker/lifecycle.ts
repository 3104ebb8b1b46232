import type { Logger } from '#server/logger.ts';
import { answerPings } from '#server/supervised.ts';

/** Milliseconds in which pages that are being read may end, and in which all must be over. */
const DRAIN = 15_000;
const STOP = 25_000;

type Release = () => Promise<unknown> | unknown;

/** What was acquired, released in reverse order. */
export class Releasers {
  readonly #stack: { name: string; release: Release }[] = [];

  add(name: string, release: Release): void {
    this.#stack.push({ name, release });
  }

  async releaseAll(logger: Logger): Promise<void> {
    for (const { name, release } of this.#stack.toReversed()) {
      try {
        await release();
      } catch (error) {
        logger.error({ err: error, name }, 'could not be released');
      }
    }
  }
}

/**
 * Stops the process on SIGTERM, SIGINT, or when its supervisor is gone: first `stopping` aborts and
 * no new jobs are begun, then `draining` aborts and pages go back to the queue, then the releasers,
 * then exit code 0. What is not over after 25 s is cut off, with exit code 1. An uncaught error ends
 * the process at once: the lease gives its pages to another.
 */
export function stopOnSignals(options: {
  releasers: Releasers;
  stopping: AbortController;
  draining: AbortController;
  logger: Logger;
}): void {
  answerPings();
  const { releasers, stopping, draining, logger } = options;
  const stop = async (reason: string) => {
    if (stopping.signal.aborted) return;
    stopping.abort(new Error('the worker is stopping'));
    logger.info({ reason }, 'worker stopping');
    setTimeout(() => draining.abort(new Error('the worker is stopping')), DRAIN).unref();
    setTimeout(() => process.exit(1), STOP).unref();
    await releasers.releaseAll(logger);
    logger.info('worker stopped');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(signal));
  process.on('disconnect', () => stop('disconnect'));
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error) => {
      logger.fatal({ err: error }, event);
      process.exit(1);
    });
  }
}
