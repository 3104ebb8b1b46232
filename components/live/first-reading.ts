import type { Query, QueryClient, QueryKey } from '@tanstack/react-query';

/**
 * Changes what is cached under a key; nothing where nobody has asked for it. While it is being read for
 * the first time there is nothing to change yet, and the answer may have been read before the change:
 * then the change is made when the answer is there.
 */
export function changeQueries<Data>(
  queryClient: QueryClient,
  queryKey: QueryKey,
  change: (known: Data) => Data,
): void {
  for (const query of queryClient.getQueryCache().findAll({ queryKey })) {
    const apply = () => {
      queryClient.setQueryData<Data>(query.queryKey, (known) => known && change(known));
    };
    const reading = firstReading(query);
    if (reading) reading.then(apply);
    else apply();
  }
}

/** Reads anew what is cached under a key. An answer that is under way was asked for too early to count. */
export async function readAnew(queryClient: QueryClient, queryKey: QueryKey): Promise<void> {
  await firstReadings(queryClient, queryKey);
  await queryClient.invalidateQueries({ queryKey });
}

/** Resolves when nothing under a key is being read for the first time. */
export async function firstReadings(queryClient: QueryClient, queryKey: QueryKey): Promise<void> {
  await Promise.all(queryClient.getQueryCache().findAll({ queryKey }).map(firstReading));
}

/** Resolves when the first reading has ended, well or badly; undefined where none is under way. */
function firstReading(query: Query): Promise<void> | undefined {
  const { data, fetchStatus } = query.state;
  if (data !== undefined || fetchStatus === 'idle') return undefined;
  return query.fetch().then(
    () => undefined,
    () => undefined,
  );
}
