import pRetry from 'p-retry';
import { type ErrorCode, FanfoldError } from '#server/errors.ts';

/** Milliseconds for which an attempt goes on asking a store that is away. */
const PATIENCE = 120_000;

/** The store is away, or the disk of this machine is full. */
const PASSING: ErrorCode[] = ['STORAGE_UNAVAILABLE', 'UNAVAILABLE'];

/**
 * Repeats what the object store did not answer, with growing pauses of up to four seconds, so that
 * a store that is away for a while costs neither an attempt nor the page that was read. `work` must
 * be safe to repeat.
 */
export function retryStorage<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  return pRetry(work, {
    retries: Number.POSITIVE_INFINITY,
    maxRetryTime: PATIENCE,
    minTimeout: 250,
    maxTimeout: 4_000,
    randomize: true,
    ...(signal && { signal }),
    shouldRetry: ({ error }) => error instanceof FanfoldError && PASSING.includes(error.code),
  });
}
