import pRetry from 'p-retry';
import { isDatabaseUnavailable } from '#server/database-errors.ts';

/**
 * Repeats a fenced write for about a minute while the database is away, so that a page that was
 * read is not read again. Safe where the write's outcome is unknown: the token lets it happen once.
 */
export function retryDatabase<T>(write: () => Promise<T>): Promise<T> {
  return pRetry(write, {
    retries: 10,
    minTimeout: 250,
    maxTimeout: 10_000,
    randomize: true,
    shouldRetry: ({ error }) => isDatabaseUnavailable(error),
  });
}
