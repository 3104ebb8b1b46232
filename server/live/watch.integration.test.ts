import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removeDocument } from '../documents/remove.ts';
import { claimPage } from '../pages/claim.ts';
import { completePage } from '../pages/complete.ts';
import { reportProgress } from '../pages/progress.ts';
import { type Harness, layoutOf, processingDocument, startHarness } from '../testing/harness.ts';
import { createLiveHub, type LiveHub } from './hub.ts';
import { type LiveUpdate, type TrackedUpdate, watchChanges } from './watch.ts';

let harness: Harness;
let ctx: Harness['ctx'];
let hub: LiveHub;

beforeAll(async () => {
  harness = await startHarness();
  ctx = harness.ctx;
  hub = createLiveHub({ url: harness.databaseUrl, ctx });
});
afterAll(async () => {
  await hub.close();
  await harness.close();
});

/** Collects what a watcher is told until `stop`. */
function watch(input: { documentId?: string; after: number }, ownerId = ctx.ownerId) {
  const stopping = new AbortController();
  const updates: TrackedUpdate[] = [];
  const done = (async () => {
    const documents = new Map(input.documentId ? [[input.documentId, input.after]] : []);
    for await (const update of watchChanges({
      ownerId,
      hub,
      input: { documents },
      signal: stopping.signal,
    })) {
      updates.push(update);
    }
  })();
  return {
    updates,
    of: <K extends LiveUpdate['kind']>(kind: K) =>
      updates.flatMap(({ update }) =>
        update.kind === kind ? [update as Extract<LiveUpdate, { kind: K }>] : [],
      ),
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !condition(); tries += 1) await sleep(25);
  expect(condition()).toBe(true);
}

async function readPage(document: Awaited<ReturnType<typeof processingDocument>>, number: number) {
  const page = document.pages[number - 1];
  if (!page) throw new Error('no such page');
  const held = { documentId: document.documentId, pageId: page.id, page: number };
  const claim = await claimPage({ ctx, input: { ...document.run, ...held, worker: 'test' } });
  if (!claim) throw new Error('not claimed');
  const { token } = claim;
  await reportProgress({
    ctx,
    input: { ...held, ownerId: ctx.ownerId, token, percent: 40 },
  });
  await sleep(250);
  const layout = layoutOf(number, 'some words');
  await completePage({ ctx, input: { ...held, token, layout, layoutKey: 'key', timings: {} } });
}

describe('watchChanges', () => {
  test('shows a page from its start through its progress to its end', async () => {
    const document = await processingDocument(ctx, 2);
    const watcher = watch({ documentId: document.documentId, after: 0 });
    await until(() => watcher.of('document').length > 0);
    await readPage(document, 1);
    await until(() => watcher.of('document').some(({ document }) => document.pagesCompleted === 1));
    const statuses = watcher
      .of('document')
      .flatMap(({ pages }) => pages.filter((page) => page.number === 1).map((page) => page.status));
    expect(statuses).toEqual(['pending', 'processing', 'completed']);
    expect(watcher.of('progress').flatMap(({ pages }) => pages)).toContainEqual({
      number: 1,
      progress: 40,
    });
    await watcher.stop();
  });

  test('a watcher that comes back is told what it missed, and only that', async () => {
    const document = await processingDocument(ctx, 3);
    const first = watch({ documentId: document.documentId, after: 0 });
    await until(() => first.of('document').length > 0);
    await first.stop();
    const seen = first.of('document').at(-1)?.document.seq ?? 0;
    await readPage(document, 2);
    const second = watch({ documentId: document.documentId, after: seen });
    await until(() => second.of('document').length > 0);
    expect(second.of('document')[0]?.pages.map((page) => page.number)).toEqual([2]);
    await second.stop();
  });

  test('shows nobody who comes after a change what was read before it', async () => {
    const { documentId } = await processingDocument(ctx, 1);
    // Its own announcements would have it read anew.
    await sleep(500);
    const first = watch({ documentId, after: 0 });
    await until(() => first.of('document').length > 0);
    // As by a process that has not announced it yet.
    await ctx.db.execute(sql`update documents set status = 'canceled' where id = ${documentId}`);
    const second = watch({ documentId, after: 0 });
    await until(() => second.of('document').length > 0);
    expect(second.of('document')[0]?.document.status).toBe('canceled');
    await Promise.all([first.stop(), second.stop()]);
  });

  test('another owner is told nothing, and that the document does not exist', async () => {
    const document = await processingDocument(ctx, 1);
    const other = await harness.otherOwner();
    const stranger = watch({ documentId: document.documentId, after: 0 }, other.ownerId);
    await until(() => stranger.of('gone').length > 0);
    await readPage(document, 1);
    await sleep(300);
    expect(stranger.of('document')).toEqual([]);
    expect(stranger.of('documents').flatMap(({ documents }) => documents)).toEqual([]);
    await stranger.stop();
  });

  test('tells every watcher of the owner that a document is gone', async () => {
    const { documentId } = await processingDocument(ctx, 1);
    const watcher = watch({ after: 0 });
    await until(() => watcher.of('connected').length > 0);
    await removeDocument({ ctx, input: { documentId } });
    await until(() => watcher.of('documents').some(({ removed }) => removed.includes(documentId)));
    await watcher.stop();
  });

  test('catches up after its listening connection was cut', async () => {
    const document = await processingDocument(ctx, 1);
    const watcher = watch({ documentId: document.documentId, after: 0 });
    await until(() => watcher.of('document').length > 0);
    await ctx.db.execute(
      sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'fanfold-listen' and datname = current_database()`,
    );
    await readPage(document, 1);
    await until(() => watcher.of('document').some(({ document }) => document.pagesCompleted === 1));
    await watcher.stop();
  });
});
