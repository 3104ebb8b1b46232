import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { events, pages } from '#db/schema/index.ts';
import { cancelDocument } from '../documents/cancel.ts';
import { retryDocument } from '../documents/retry.ts';
import { claim, complete, fail, hold } from '../testing/attempts.ts';
import {
  countJobs,
  type Harness,
  processingDocument,
  readDocument,
  startHarness,
} from '../testing/harness.ts';
import { releasePage } from './fail.ts';
import { retryPage } from './retry.ts';

let harness: Harness;
let ctx: Harness['ctx'];

beforeAll(async () => {
  harness = await startHarness();
  ctx = harness.ctx;
});
afterAll(() => harness.close());

async function pageRow(held: { pageId: string }) {
  const [row] = await ctx.db.select().from(pages).where(eq(pages.id, held.pageId));
  return row;
}

describe('fan-in', () => {
  test('queues one assembly when the last of many concurrent pages ends', async () => {
    const document = await processingDocument(ctx, 12);
    const held = await Promise.all(document.pages.map((page) => hold(ctx, document, page.number)));
    await Promise.all(held.map((one) => complete(ctx, one)));
    const row = await readDocument(ctx, document.documentId);
    expect(row).toMatchObject({ status: 'assembling', pagesCompleted: 12 });
    expect(await countJobs(ctx, document.documentId, 'document.assemble')).toBe(1);
  });

  test('numbers the events of a document without a gap', async () => {
    const document = await processingDocument(ctx, 5);
    const held = await Promise.all(document.pages.map((page) => hold(ctx, document, page.number)));
    await Promise.all(held.map((one) => complete(ctx, one)));
    const rows = await ctx.db
      .select({ seq: events.seq })
      .from(events)
      .where(eq(events.documentId, document.documentId))
      .orderBy(events.seq);
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
  });

  test('a document with no page read fails with the first page’s reason', async () => {
    const document = await processingDocument(ctx, 2);
    for (const page of [1, 2]) await fail(ctx, await hold(ctx, document, page), true);
    expect(await readDocument(ctx, document.documentId)).toMatchObject({
      status: 'failed',
      errorCode: 'PAGE_CRASHED',
      pagesFailed: 2,
    });
  });

  test('a failed page leaves its neighbours alone', async () => {
    const document = await processingDocument(ctx, 2);
    await fail(ctx, await hold(ctx, document, 1), true);
    await complete(ctx, await hold(ctx, document, 2));
    expect(await readDocument(ctx, document.documentId)).toMatchObject({
      status: 'assembling',
      pagesCompleted: 1,
      pagesFailed: 1,
    });
  });
});

describe('trying again', () => {
  test('a failed page is read again in a new run, and jobs of the old run do nothing', async () => {
    const document = await processingDocument(ctx, 2);
    const { documentId } = document;
    for (const page of [1, 2]) await fail(ctx, await hold(ctx, document, page), true);
    await retryPage({ ctx, input: { documentId, page: 2 } });
    expect(await readDocument(ctx, documentId)).toMatchObject({
      status: 'processing',
      run: 2,
      pagesFailed: 1,
    });
    expect(await claim(ctx, document, 2)).toBeUndefined();
    await complete(ctx, await hold(ctx, document, 2, 2));
    expect(await readDocument(ctx, documentId)).toMatchObject({
      status: 'assembling',
      pagesCompleted: 1,
    });
  });

  test('a canceled document goes on with the pages that were not read', async () => {
    const document = await processingDocument(ctx, 3);
    const { documentId } = document;
    await complete(ctx, await hold(ctx, document, 1));
    await cancelDocument({ ctx, input: { documentId } });
    await retryDocument({ ctx, input: { documentId } });
    expect(await readDocument(ctx, documentId)).toMatchObject({
      status: 'processing',
      pagesCompleted: 1,
      pagesCanceled: 0,
    });
    for (const page of [2, 3]) await complete(ctx, await hold(ctx, document, page, 2));
    expect((await readDocument(ctx, documentId)).status).toBe('assembling');
  });

  test('a released page costs no attempt and gets a job of its own', async () => {
    const document = await processingDocument(ctx, 1);
    const held = await hold(ctx, document, 1);
    const before = await pageRow(held);
    expect(await releasePage({ ctx, input: held })).toBe(true);
    const after = await pageRow(held);
    expect(after).toMatchObject({ status: 'pending', attemptToken: null });
    expect(after?.jobId).not.toBe(before?.jobId);
    expect(await countJobs(ctx, document.documentId, 'page.recognize')).toBe(2);
  });
});
