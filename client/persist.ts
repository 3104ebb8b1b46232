import pRetry from 'p-retry';
import { isTransient } from './errors.ts';
import { isOffline, waitUntilOnline } from './wait.ts';

export interface Persistence {
  signal: AbortSignal;
  /** Milliseconds before the second try; each further wait is twice as long, up to 15 s. */
  firstWait?: number | undefined;
}

/** Tries after the first one: about a minute in which a server may come back. */
const RETRIES = 8;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;

/**
 * Repeats `attempt` (told its number, from 1) while its failures are transient. Time without a
 * connection does not count. Rejects with the signal's reason once that aborts.
 */
export function persist<T>(
  attempt: (number: number) => Promise<T>,
  { signal, firstWait = FIRST_WAIT }: Persistence,
): Promise<T> {
  return pRetry(attempt, {
    signal,
    retries: RETRIES,
    minTimeout: firstWait,
    maxTimeout: LONGEST_WAIT,
    randomize: true,
    shouldRetry: ({ error }) => isTransient(error),
    shouldConsumeRetry: () => !isOffline(),
    onFailedAttempt: ({ error }) => (isTransient(error) ? waitUntilOnline(signal) : undefined),
  });
}
