import pLimit from 'p-limit';

const OPEN_FILES = 16;

/** Runs `work` on each item, a few files at a time; what gave undefined is left out. */
export async function concurrently<T, R>(
  items: T[],
  work: (item: T) => Promise<R | undefined>,
): Promise<R[]> {
  const limit = pLimit(OPEN_FILES);
  const results = await Promise.all(items.map((item) => limit(() => work(item))));
  return results.filter((result): result is Awaited<R> & R => result !== undefined);
}
