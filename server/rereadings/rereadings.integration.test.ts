import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pages } from '#db/schema/index.ts';
import { correctWords } from '../corrections/correct.ts';
import { listCorrections } from '../corrections/list.ts';
import { sweepDocuments } from '../documents/sweep.ts';
import { tidyDocument } from '../documents/tidy.ts';
import type { Layout } from '../pages/layout.ts';
import { attemptKey } from '../storage/keys.ts';
import { countJobs, type Harness, layoutOf, startHarness } from '../testing/harness.ts';
import { readDocumentOf, spreadOut } from '../testing/read-document.ts';
import { dropRereading, takeRereading } from './choose.ts';
import { findRereading, finishRereading } from './finish.ts';
import { getRereading } from './get.ts';
import { rereadPages } from './request.ts';

let harness: Harness;
let ctx: Harness['ctx'];

beforeAll(async () => {
  harness = await startHarness();
  ctx = harness.ctx;
});
afterAll(() => harness.close());

async function pageOf(documentId: string) {
  const [row] = await ctx.db
    .select()
    .from(pages)
    .where(and(eq(pages.documentId, documentId), eq(pages.number, 1)));
  if (!row) throw new Error('no such page');
  return row;
}

async function askedDocument(text: string) {
  const document = await readDocumentOf(ctx, text, 'another page');
  const { documentId } = document;
  await rereadPages({ ctx, input: { documentId, pages: '1', options: { dpi: 300 } } });
  return document;
}

/** Ends the second reading of page 1 as the worker does. */
async function finish(documentId: string, layout: Layout): Promise<string> {
  const open = await getRereading({ ctx, input: { documentId, page: 1 } });
  const row = await pageOf(documentId);
  const rereadingId = open?.id ?? '';
  const layoutKey = attemptKey(documentId, 1, rereadingId, 'layout.json');
  await ctx.storage.put(layoutKey, JSON.stringify(layout), 'application/json');
  const job = { documentId, ownerId: ctx.ownerId, run: 1, pageId: row.id, page: 1, rereadingId };
  expect(await findRereading({ ctx, input: job })).toBeDefined();
  await finishRereading({ ctx, input: { ...job, layout, layoutKey, images: null, usage: null } });
  return rereadingId;
}

test('a second reading is kept beside the first until someone takes it', async () => {
  const { documentId } = await askedDocument('The qnick fox');
  expect(await countJobs(ctx, documentId, 'page.reread')).toBe(1);
  const rereadingId = await finish(documentId, spreadOut(layoutOf(1, 'The quick fox')));
  expect(await getRereading({ ctx, input: { documentId, page: 1 } })).toMatchObject({
    status: 'done',
    text: 'The quick fox',
    options: { dpi: 300 },
  });
  expect((await pageOf(documentId)).text).toBe('The qnick fox');
  await takeRereading({ ctx, input: { documentId, rereadingId } });
  expect(await pageOf(documentId)).toMatchObject({ text: 'The quick fox', status: 'completed' });
  expect((await pageOf(documentId)).layoutKey).toContain(rereadingId);
  expect(await countJobs(ctx, documentId, 'document.rewrite')).toBe(1);
  expect(await getRereading({ ctx, input: { documentId, page: 1 } })).toBeNull();
  const again = takeRereading({ ctx, input: { documentId, rereadingId } });
  await expect(again).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('a second reading that is dropped changes nothing', async () => {
  const { documentId } = await askedDocument('The qnick fox');
  const rereadingId = await finish(documentId, spreadOut(layoutOf(1, 'nothing like it')));
  const before = await pageOf(documentId);
  await dropRereading({ ctx, input: { documentId, rereadingId } });
  const { text, layoutKey } = await pageOf(documentId);
  expect({ text, layoutKey }).toEqual({ text: before.text, layoutKey: before.layoutKey });
});

test('what people corrected outlives the new reading where the words stand, and is kept elsewhere', async () => {
  const { documentId, layouts } = await askedDocument('The qnick brovn fox');
  const correct = (first: number, shown: string, text: string) =>
    correctWords({
      ctx,
      input: { documentId, page: 1, layout: layouts[0] ?? '', first, count: 1, shown, text },
    });
  await correct(1, 'qnick', 'quick');
  await correct(2, 'brovn', 'brown');
  const rereadingId = await finish(documentId, spreadOut(layoutOf(1, 'The qnick bruin fox')));
  const shown = await getRereading({ ctx, input: { documentId, page: 1 } });
  expect(shown?.text).toBe('The quick bruin fox');
  await takeRereading({ ctx, input: { documentId, rereadingId } });
  expect((await pageOf(documentId)).text).toBe('The quick bruin fox');
  const kept = await listCorrections({ ctx, input: { documentId, page: 1 } });
  expect(kept.map(({ newText, state }) => [newText, state])).toEqual([
    ['quick', 'active'],
    ['brown', 'active'],
  ]);
});

test('a new request drops the one before; pages that are not there are refused', async () => {
  const { documentId } = await askedDocument('The qnick fox');
  const first = await getRereading({ ctx, input: { documentId, page: 1 } });
  const asked = await rereadPages({ ctx, input: { documentId, pages: '1-2', options: {} } });
  expect(asked).toEqual({ pages: 2 });
  const second = await getRereading({ ctx, input: { documentId, page: 1 } });
  expect(second?.id).not.toBe(first?.id);
  const none = rereadPages({ ctx, input: { documentId, pages: '7', options: {} } });
  await expect(none).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  const other = await harness.otherOwner();
  const theirs = rereadPages({ ctx: other, input: { documentId, pages: '1', options: {} } });
  await expect(theirs).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a second reading whose job is lost ends as failed, and can be asked for again', async () => {
  const { documentId } = await askedDocument('The qnick fox');
  await sweepDocuments({ ctx });
  expect(await getRereading({ ctx, input: { documentId, page: 1 } })).toMatchObject({
    status: 'pending',
  });
  await ctx.db.execute(sql`
    update pgboss.job set state = 'failed'
    where name = 'page.reread' and data->>'documentId' = ${documentId}`);
  const before = await pageOf(documentId);
  expect(await sweepDocuments({ ctx })).toMatchObject({ rereadings: 1 });
  expect(await sweepDocuments({ ctx })).toMatchObject({ rereadings: 0 });
  expect(await getRereading({ ctx, input: { documentId, page: 1 } })).toMatchObject({
    status: 'failed',
    error: { code: 'WORKER_CRASHED' },
  });
  const after = await pageOf(documentId);
  expect(after.seq).toBeGreaterThan(before.seq);
  expect(after.text).toBe(before.text);
  const asked = await rereadPages({ ctx, input: { documentId, pages: '1', options: {} } });
  expect(asked).toEqual({ pages: 1 });
});

test('tidying keeps what waits to be chosen, and removes it when it was dropped', async () => {
  const { documentId } = await askedDocument('The qnick fox');
  const rereadingId = await finish(documentId, spreadOut(layoutOf(1, 'The quick fox')));
  await ctx.db.execute(sql`update pgboss.job set state = 'completed' where name = 'page.reread'`);
  const stored = async () =>
    (await ctx.storage.list(`documents/${documentId}/pages/`)).filter((key) =>
      key.includes(rereadingId),
    );
  await tidyDocument({ ctx, input: { documentId } });
  expect(await stored()).toHaveLength(1);
  await dropRereading({ ctx, input: { documentId, rereadingId } });
  await tidyDocument({ ctx, input: { documentId } });
  expect(await stored()).toEqual([]);
});
