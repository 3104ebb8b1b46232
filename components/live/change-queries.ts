import type { Query, QueryClient, QueryKey } from '@tanstack/react-query';

/**
 * Changes what is cached under a key; nothing where nobody has asked for it. While it is being read, the
 * answer may have been read before the change: then the change is made again when the answer is there.
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
    apply();
    reading(query)?.then(apply);
  }
}

/** Reads anew what is cached under a key. An answer that is under way was asked for too early to count. */
export async function readAnew(queryClient: QueryClient, queryKey: QueryKey): Promise<void> {
  await firstReadings(queryClient, queryKey);
  await queryClient.invalidateQueries({ queryKey });
}

/** Resolves when nothing under a key is being read for the first time. */
export async function firstReadings(queryClient: QueryClient, queryKey: QueryKey): Promise<void> {
  const queries = queryClient.getQueryCache().findAll({ queryKey });
  await Promise.all(queries.filter(({ state }) => state.data === undefined).map(reading));
}

/** Resolves when the reading that is under way has ended, well or badly; undefined where none is. */
function reading(query: Query): Promise<void> | undefined {
  if (query.state.fetchStatus === 'idle') return undefined;
  return query.fetch().then(
    () => undefined,
    () => undefined,
  );
}
