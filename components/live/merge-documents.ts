import type { InfiniteData } from '@tanstack/react-query';
import type { DocumentListPage, DocumentSummary } from '../data/trpc.ts';

export type DocumentList = InfiniteData<DocumentListPage, string | null>;

/** Of two views of a document the one with the greater `seq`; the known one where they are equal. */
export function newerDocument<T extends { seq: number }>(known: T | undefined, incoming: T): T {
  return known && known.seq >= incoming.seq ? known : incoming;
}

/** The loaded part of the list with what changed: newer views replace older ones, new documents come first. */
export function mergeDocuments(
  list: DocumentList,
  incoming: DocumentSummary[],
  removed: string[],
): DocumentList {
  const changed = new Map(incoming.map((document) => [document.id, document]));
  const gone = new Set(removed);
  const known = new Set(list.pages.flatMap((page) => page.documents.map(({ id }) => id)));
  const pages = list.pages.map((page) => ({
    ...page,
    documents: page.documents
      .filter(({ id }) => !gone.has(id))
      .map((document) => newerDocument(document, changed.get(document.id) ?? document)),
  }));
  const added = incoming.filter(({ id }) => !known.has(id));
  for (const document of added.toSorted(byAge)) insert(pages, document);
  return { ...list, pages };
}

/** A document older than everything loaded belongs to a page that is still to be loaded. */
function insert(pages: DocumentListPage[], document: DocumentSummary): void {
  for (const page of pages) {
    const index = page.documents.findIndex((other) => byAge(document, other) > 0);
    if (index >= 0) {
      page.documents.splice(index, 0, document);
      return;
    }
  }
  const last = pages.at(-1);
  if (last && last.nextCursor === null) last.documents.push(document);
}

function byAge(a: DocumentSummary, b: DocumentSummary): number {
  return a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0;
}
