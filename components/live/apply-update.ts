import type { QueryClient } from '@tanstack/react-query';
import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { LiveUpdate } from '#server/live/watch.ts';
import type { AppRouter } from '#server/trpc/router.ts';
import type { DocumentDetail, DocumentSummary, Page } from '../data/trpc.ts';
import { changeQueries, readAnew } from './change-queries.ts';
import { type DocumentList, mergeDocuments, newerDocument } from './merge-documents.ts';
import { mergePages, mergeProgress } from './merge-pages.ts';

export interface LiveCache {
  queryClient: QueryClient;
  trpc: TRPCOptionsProxy<AppRouter>;
}

/** Writes what the stream tells into the query cache; views that are already newer stay. */
export function applyUpdate(cache: LiveCache, update: LiveUpdate): void {
  switch (update.kind) {
    case 'connected':
      return;
    case 'documents':
      applyDocuments(cache, update.documents, update.removed);
      return;
    case 'document':
      applyDocuments(cache, [update.document], []);
      applyDetail(cache, update.document);
      applyPages(cache, update.document.id, (pages) => mergePages(pages, update.pages));
      return;
    case 'progress':
      applyPages(cache, update.documentId, (pages) => mergeProgress(pages, update.pages));
      return;
    case 'gone':
      applyDocuments(cache, [], [update.documentId]);
      refuteDocument(cache, update.documentId);
  }
}

export function applyDocuments(
  { queryClient, trpc }: LiveCache,
  documents: DocumentSummary[],
  removed: string[],
): void {
  changeQueries<DocumentList>(queryClient, trpc.documents.list.infiniteQueryKey(), (list) =>
    mergeDocuments(list, documents, removed),
  );
  for (const document of documents) {
    const { queryKey } = trpc.documents.get.queryOptions({ documentId: document.id });
    changeQueries<DocumentDetail>(queryClient, queryKey, (known) =>
      newerDocument(known, { ...known, ...document }),
    );
  }
}

export function applyDetail({ queryClient, trpc }: LiveCache, detail: DocumentDetail): void {
  const { queryKey } = trpc.documents.get.queryOptions({ documentId: detail.id });
  changeQueries<DocumentDetail>(queryClient, queryKey, (known) =>
    known.seq > detail.seq ? known : detail,
  );
}

export function applyPages(
  { queryClient, trpc }: LiveCache,
  documentId: string,
  merge: (pages: Page[]) => Page[],
): void {
  const { queryKey } = trpc.pages.list.queryOptions({ documentId });
  changeQueries<Page[]>(queryClient, queryKey, merge);
}

/** Asks once more, so that the page shows the server's answer and not our guess. */
function refuteDocument({ queryClient, trpc }: LiveCache, documentId: string): void {
  void readAnew(queryClient, trpc.documents.get.queryKey({ documentId }));
}
