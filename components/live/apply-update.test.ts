import { QueryClient } from '@tanstack/react-query';
import { createTRPCClient } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { expect, test } from 'vitest';
import type { LiveUpdate } from '#server/live/watch.ts';
import type { AppRouter } from '#server/trpc/router.ts';
import type { DocumentDetail, DocumentSummary, Page } from '../data/trpc.ts';
import { applyUpdate } from './apply-update.ts';
import { catchUp } from './catch-up.ts';
import { knownUpTo, noteEvents } from './known-events.ts';
import type { DocumentList } from './merge-documents.ts';

const ID = 'a document';
const createdAt = '2026-11-22T12:00:00.000Z';

const documentAt = (seq: number) => ({ id: ID, seq, createdAt }) as DocumentDetail;
const pageAt = (seq: number) => ({ number: 1, seq, status: 'completed' }) as Page;
const listOf = (...documents: DocumentSummary[]) => ({ documents, nextCursor: null });

/** A browser whose server answers when it is told to, with what it is given then. */
function openBrowser() {
  const queryClient = new QueryClient();
  const asked: { path: string; input: unknown; answer: (data: unknown) => void }[] = [];
  const client = createTRPCClient<AppRouter>({
    links: [
      () =>
        ({ op: { path, input } }) =>
          observable((observer) => {
            asked.push({
              path,
              input,
              answer: (data) => {
                observer.next({ result: { type: 'data', data } });
                observer.complete();
              },
            });
          }),
    ],
  });
  const trpc = createTRPCOptionsProxy<AppRouter>({ client, queryClient });
  const queries = {
    document: trpc.documents.get.queryOptions({ documentId: ID }),
    pages: trpc.pages.list.queryOptions({ documentId: ID }),
    list: trpc.documents.list.infiniteQueryOptions(
      {},
      { getNextPageParam: ({ nextCursor }) => nextCursor },
    ),
  };
  const open = () =>
    Promise.all([
      queryClient.fetchQuery(queries.document),
      queryClient.fetchQuery(queries.pages),
      queryClient.fetchInfiniteQuery(queries.list),
    ]);
  const answer = async (path: string, data: unknown) => {
    const waiting = () => asked.findIndex((request) => request.path === path);
    await expect.poll(waiting).toBeGreaterThanOrEqual(0);
    asked.splice(waiting(), 1)[0]?.answer(data);
  };
  const shown = () => ({
    document: queryClient.getQueryData<DocumentDetail>(queries.document.queryKey)?.seq,
    pages: queryClient.getQueryData<Page[]>(queries.pages.queryKey)?.map(({ seq }) => seq),
    list: queryClient
      .getQueryData<DocumentList>(queries.list.queryKey)
      ?.pages.flatMap(({ documents }) => documents.map(({ seq }) => seq)),
  });
  return { cache: { queryClient, trpc }, client, queries, asked, open, answer, shown };
}

const update: LiveUpdate = { kind: 'document', document: documentAt(9), pages: [pageAt(8)] };

test('an update that overtakes the first answer is shown when that has come', async () => {
  const { cache, open, answer, shown } = openBrowser();
  const opened = open();
  applyUpdate(cache, update);
  await answer('documents.get', documentAt(5));
  await answer('pages.list', [pageAt(4)]);
  await answer('documents.list', listOf(documentAt(5)));
  await opened;
  await expect.poll(shown).toEqual({ document: 9, pages: [8], list: [9] });
});

test('a first answer that is newer than an update that overtook it stays', async () => {
  const { cache, open, answer, shown } = openBrowser();
  const opened = open();
  applyUpdate(cache, update);
  await answer('documents.get', documentAt(12));
  await answer('pages.list', [pageAt(11)]);
  await answer('documents.list', listOf(documentAt(12)));
  await opened;
  await new Promise(setImmediate);
  expect(shown()).toEqual({ document: 12, pages: [11], list: [12] });
});

test('what was asked for before the stream was up is read once more', async () => {
  const { cache, client, open, answer, shown } = openBrowser();
  const opened = open();
  const caughtUp = catchUp(cache, client, ID);
  await answer('documents.get', documentAt(5));
  await answer('pages.list', [pageAt(4)]);
  await answer('documents.list', listOf(documentAt(5)));
  await opened;
  await answer('documents.get', documentAt(9));
  await answer('pages.list', [pageAt(8)]);
  await caughtUp;
  expect(shown()).toMatchObject({ document: 9, pages: [8] });
});

test('what nobody has asked for is not kept', () => {
  const { cache, shown } = openBrowser();
  applyUpdate(cache, update);
  expect(shown()).toEqual({ document: undefined, pages: undefined, list: undefined });
});

test('an older answer of the list does not undo what the stream told meanwhile', async () => {
  const { cache, queries, open, answer, shown } = openBrowser();
  const opened = open();
  await answer('documents.get', documentAt(5));
  await answer('pages.list', [pageAt(4)]);
  await answer('documents.list', listOf(documentAt(5)));
  await opened;
  const added = { id: 'another', seq: 1, createdAt } as DocumentSummary;
  void cache.queryClient.fetchInfiniteQuery({ ...queries.list, staleTime: 0 });
  applyUpdate(cache, { kind: 'documents', documents: [added], removed: [ID] });
  expect(shown().list).toEqual([1]);
  await answer('documents.list', listOf(documentAt(5)));
  await expect.poll(shown).toMatchObject({ list: [1] });
});

test('pages that came singly leave no hole in what is asked for', async () => {
  const { cache, client, asked, open, answer, shown } = openBrowser();
  const opened = open();
  await answer('documents.get', documentAt(5));
  await answer('pages.list', [pageAt(4)]);
  await answer('documents.list', listOf(documentAt(5)));
  await opened;
  noteEvents(cache.queryClient, ID, { after: 0, upTo: 4 });
  applyUpdate(cache, { kind: 'document', document: documentAt(9), pages: [pageAt(9)] });
  expect(noteEvents(cache.queryClient, ID, { after: 8, upTo: 9 })).toBe(false);
  void catchUp(cache, client, ID);
  await expect
    .poll(() => asked.map(({ input }) => input))
    .toContainEqual({ documentId: ID, after: 3 });
  await answer('documents.get', documentAt(9));
  await answer('pages.list', [pageAt(9), { ...pageAt(7), number: 2 }]);
  await expect.poll(shown).toMatchObject({ pages: [9, 7] });
  expect(knownUpTo(cache.queryClient, ID)).toBe(9);
});
