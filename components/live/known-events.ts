import type { QueryClient } from '@tanstack/react-query';

/** The changes of a document from one event to another. */
export interface EventSpan {
  /** The event after which they begin. */
  after: number;
  upTo: number;
}

const known = new WeakMap<QueryClient, Map<string, number>>();

/**
 * The event up to which all pages of a document are known; 0 where none are. Single pages may be known
 * as they were later: what the stream tells arrives out of order, by portions and by other tabs' streams.
 */
export function knownUpTo(queryClient: QueryClient, documentId: string): number {
  return known.get(queryClient)?.get(documentId) ?? 0;
}

/** Notes what has been told of a document; false where something before it has not. */
export function noteEvents(
  queryClient: QueryClient,
  documentId: string,
  { after, upTo }: EventSpan,
): boolean {
  const before = knownUpTo(queryClient, documentId);
  if (after > before) return false;
  const events = known.get(queryClient) ?? new Map<string, number>();
  known.set(queryClient, events.set(documentId, Math.max(before, upTo)));
  return true;
}
