import type { ApiClient } from '../data/api-client.ts';
import type { Page } from '../data/trpc.ts';
import { applyDetail, applyPages, type LiveCache } from './apply-update.ts';
import { firstReadings, readAnew } from './change-queries.ts';
import { knownUpTo, noteEvents } from './known-events.ts';
import { mergePages, newestEvent } from './merge-pages.ts';

/** Reads what is shown anew: the list and, of the open document, the pages that changed meanwhile. */
export async function catchUp(
  cache: LiveCache,
  client: ApiClient,
  documentId: string | undefined,
): Promise<void> {
  const { queryClient, trpc } = cache;
  const list = readAnew(queryClient, trpc.documents.list.infiniteQueryKey());
  await Promise.all([list, documentId ? catchUpDocument(cache, client, documentId) : undefined]);
}

async function catchUpDocument(
  cache: LiveCache,
  client: ApiClient,
  documentId: string,
): Promise<void> {
  const { queryClient, trpc } = cache;
  const { queryKey } = trpc.pages.list.queryOptions({ documentId });
  await firstReadings(queryClient, queryKey);
  if (!queryClient.getQueryData<Page[]>(queryKey)) {
    await readAnew(queryClient, trpc.documents.get.queryKey({ documentId }));
    return readAnew(queryClient, queryKey);
  }
  const known = knownUpTo(queryClient, documentId);
  const [detail, pages] = await Promise.all([
    client.documents.get.query({ documentId }),
    client.pages.list.query({ documentId, after: Math.max(0, known - 1) }),
  ]);
  applyDetail(cache, detail);
  applyPages(cache, documentId, (current) => mergePages(current, pages));
  noteEvents(queryClient, documentId, { after: known, upTo: newestEvent(pages) });
}
