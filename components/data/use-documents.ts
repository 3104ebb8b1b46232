'use client';

import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { noteEvents } from '../live/known-events.ts';
import { type DocumentList, mergeDocuments } from '../live/merge-documents.ts';
import { mergePages, newestEvent } from '../live/merge-pages.ts';
import { type DocumentDetail, type Page, useTRPC, useTRPCClient } from './trpc.ts';
import { untilThere } from './use-failure.ts';

/** Milliseconds between reads of a place in the queue, which changes with other people's documents. */
const QUEUE_POLL = 5_000;

// A response may arrive after a newer update of the stream: each query keeps the newer view.

export function useDocumentList() {
  const trpc = useTRPC();
  return useInfiniteQuery(
    trpc.documents.list.infiniteQueryOptions(
      {},
      {
        getNextPageParam: (page) => page.nextCursor,
        refetchInterval: untilThere,
        structuralSharing: (known, fetched) =>
          known ? keepNewer(known as DocumentList, fetched as DocumentList) : fetched,
      },
    ),
  );
}

export function useDocument(documentId: string) {
  const trpc = useTRPC();
  return useQuery(
    trpc.documents.get.queryOptions(
      { documentId },
      {
        refetchInterval: (query) => (query.state.data?.ahead ? QUEUE_POLL : untilThere(query)),
        structuralSharing: (known, fetched) => {
          const before = known as DocumentDetail | undefined;
          return before && before.seq > (fetched as DocumentDetail).seq ? before : fetched;
        },
      },
    ),
  );
}

export function usePages(documentId: string) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  return useQuery({
    queryKey: trpc.pages.list.queryKey({ documentId }),
    queryFn: async ({ signal }) => {
      const pages = await client.pages.list.query({ documentId }, { signal });
      noteEvents(queryClient, documentId, { after: 0, upTo: newestEvent(pages) });
      return pages;
    },
    refetchInterval: untilThere,
    structuralSharing: (known, fetched) =>
      known ? mergePages(known as Page[], fetched as Page[]) : fetched,
  });
}

function keepNewer(known: DocumentList, fetched: DocumentList): DocumentList {
  const shown = new Set(fetched.pages.flatMap((page) => page.documents.map(({ id }) => id)));
  const before = known.pages.flatMap((page) => page.documents).filter(({ id }) => shown.has(id));
  return mergeDocuments(fetched, before, []);
}
