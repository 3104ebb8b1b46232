import pRetry from 'p-retry';
import { fanfoldErrorOf, isTransient } from './errors.ts';
import { isOffline, sleep, waitUntilOnline } from './wait.ts';

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
 * connection, and that which the server asks to wait, does not count. Rejects with the signal's reason once that aborts.
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
    shouldConsumeRetry: ({ error }) => !isOffline() && retryAfter(error) === 0,
    onFailedAttempt: async ({ error }) => {
      if (!isTransient(error)) return;
      await sleep(retryAfter(error) * 1_000, signal);
      await waitUntilOnline(signal);
    },
  });
}

/** Seconds that the server asks to wait. */
function retryAfter(error: unknown): number {
  return fanfoldErrorOf(error)?.retryAfter ?? 0;
}
