import { describe, expect, it } from 'vitest';
import type { DocumentSummary } from '../data/trpc.ts';
import { type DocumentList, mergeDocuments } from './merge-documents.ts';

/** A document of the minute `minute`; later ones are newer. */
function document(id: string, minute: number, seq = 1): DocumentSummary {
  const createdAt = new Date(Date.UTC(2026, 10, 21, 12, minute)).toISOString();
  return { id, seq, createdAt } as DocumentSummary;
}

function list(...pages: [documents: DocumentSummary[], nextCursor: string | null][]): DocumentList {
  return {
    pages: pages.map(([documents, nextCursor]) => ({ documents, nextCursor })),
    pageParams: pages.map(() => null),
  };
}

const ids = ({ pages }: DocumentList) => pages.map((page) => page.documents.map(({ id }) => id));

describe('mergeDocuments', () => {
  const known = list([[document('c', 3), document('b', 2, 7)], 'next'], [[document('a', 1)], null]);

  it('replaces a document by a newer view, wherever it is', () => {
    const merged = mergeDocuments(known, [document('a', 1, 9)], []);
    expect(merged.pages[1]?.documents[0]?.seq).toBe(9);
  });

  it('ignores a view that is older than the known one', () => {
    const merged = mergeDocuments(known, [document('b', 2, 6)], []);
    expect(merged.pages[0]?.documents[1]?.seq).toBe(7);
  });

  it('puts a new document first', () => {
    expect(ids(mergeDocuments(known, [document('d', 4)], []))).toEqual([['d', 'c', 'b'], ['a']]);
  });

  it('puts several new documents in their order, whatever order they come in', () => {
    const merged = mergeDocuments(known, [document('e', 5), document('d', 4)], []);
    expect(ids(merged)).toEqual([['e', 'd', 'c', 'b'], ['a']]);
  });

  it('leaves a document out that belongs to a page which is not loaded', () => {
    const partly = list([[document('c', 3)], 'next']);
    expect(ids(mergeDocuments(partly, [document('a', 1)], []))).toEqual([['c']]);
  });

  it('fills an empty list', () => {
    expect(ids(mergeDocuments(list([[], null]), [document('a', 1)], []))).toEqual([['a']]);
  });

  it('drops what was removed', () => {
    expect(ids(mergeDocuments(known, [], ['c', 'a']))).toEqual([['b'], []]);
  });

  it('does not change the list it was given', () => {
    mergeDocuments(known, [document('d', 4)], ['c']);
    expect(ids(known)).toEqual([['c', 'b'], ['a']]);
  });
});
