import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { and, eq, type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Executor } from '#db/client.ts';
import { attempts, events, type PageRow, pages } from '#db/schema/index.ts';
import { cancelDocument } from '../documents/cancel.ts';
import { retryDocument } from '../documents/retry.ts';
import { sweepDocuments } from '../documents/sweep.ts';
import { FanfoldError } from '../errors.ts';
import {
  countJobs,
  type Harness,
  layoutOf,
  processingDocument,
  readDocument,
  startHarness,
} from '../testing/harness.ts';
import { claimPage } from './claim.ts';
import { completePage, notePageImages } from './complete.ts';
import { failPage, releasePage } from './fail.ts';
import { reportProgress } from './progress.ts';
import { retryPage } from './retry.ts';

let harness: Harness;
let ctx: Harness['ctx'];

beforeAll(async () => {
  harness = await startHarness();
  ctx = harness.ctx;
});
afterAll(() => harness.close());

type Processing = Awaited<ReturnType<typeof processingDocument>>;

async function claim({ run, pages: rows }: Processing, number: number, runNumber = run.run) {
  const row = rows[number - 1];
  if (!row) throw new Error('no such page');
  const held = { documentId: run.documentId, pageId: row.id, page: number };
  const input = { ...run, ...held, run: runNumber, worker: 'test' };
  const claimed = await claimPage({ ctx, input });
  return claimed && { ...held, token: claimed.token };
}

type Held = NonNullable<Awaited<ReturnType<typeof claim>>>;

const complete = (held: Held, text = `page ${held.page}`) =>
  completePage({
    ctx,
    input: { ...held, layout: layoutOf(held.page, text), layoutKey: 'key', timings: { read: 1 } },
  });

const fail = (held: Held, final: boolean) =>
  failPage({ ctx, input: { ...held, error: new FanfoldError('PAGE_CRASHED'), final } });

async function must<T>(promise: Promise<T | undefined>): Promise<T> {
  const value = await promise;
  if (value === undefined) throw new Error('nothing was claimed');
  return value;
}

async function pageRow(held: { pageId: string }) {
  const [row] = await ctx.db.select().from(pages).where(eq(pages.id, held.pageId));
  return row;
}

describe('fencing', () => {
  test('a stale attempt writes nothing once another has taken the page', async () => {
    const document = await processingDocument(ctx, 1);
    const stale = await must(claim(document, 1));
    const fresh = await must(claim(document, 1));
    const images = { imageKey: 'i', thumbnailKey: 't', imageWidth: 1, imageHeight: 1 };
    expect(await notePageImages({ ctx, input: { ...stale, images } })).toBe(false);
    expect(await complete(stale, 'stale')).toBe(false);
    expect(await fail(stale, true)).toBe(false);
    expect(await releasePage({ ctx, input: stale })).toBe(false);
    const progress = { ...stale, ownerId: ctx.ownerId, percent: 99 };
    expect(await reportProgress({ ctx, input: progress })).toBe(false);
    expect(await pageRow(fresh)).toMatchObject({
      status: 'processing',
      progress: 0,
      imageKey: null,
    });
    expect(await complete(fresh, 'fresh')).toBe(true);
    expect(await complete(fresh, 'twice')).toBe(false);
    expect(await pageRow(fresh)).toMatchObject({ status: 'completed', text: 'fresh' });
    const tries = await ctx.db.select().from(attempts).where(eq(attempts.pageId, fresh.pageId));
    expect(tries.map((attempt) => attempt.outcome).toSorted()).toEqual(['completed', 'superseded']);
  });

  test('a page of a canceled document cannot be claimed, and a running one is lost', async () => {
    const document = await processingDocument(ctx, 2);
    const running = await must(claim(document, 1));
    await cancelDocument({ ctx, input: { documentId: document.documentId } });
    expect(await claim(document, 2)).toBeUndefined();
    expect(await complete(running)).toBe(false);
    const { status, pagesCompleted, pagesCanceled } = await readDocument(ctx, document.documentId);
    expect({ status, pagesCompleted, pagesCanceled }).toEqual({
      status: 'canceled',
      pagesCompleted: 0,
      pagesCanceled: 2,
    });
  });

  test('cancel and the end of the last page leave exactly one end, whoever wins', async () => {
    for (let race = 0; race < 20; race += 1) {
      const document = await processingDocument(ctx, 1);
      const held = await must(claim(document, 1));
      await Promise.allSettled([
        complete(held),
        cancelDocument({ ctx, input: { documentId: document.documentId } }),
      ]);
      const row = await readDocument(ctx, document.documentId);
      expect(['canceled', 'assembling']).toContain(row.status);
      expect(row.pagesCompleted + row.pagesCanceled).toBe(1);
    }
  });
});

describe('beside somebody else', () => {
  /** Holds what `change` locks until the returned function is called. */
  async function holding(change: SQL): Promise<() => Promise<void>> {
    const holds = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const whole = ctx.db.transaction(async (tx) => {
      await tx.execute(change);
      holds.resolve();
      await release.promise;
    });
    await holds.promise;
    return async () => {
      // The other one has come to the lock by then.
      await sleep(300);
      release.resolve();
      await whole;
    };
  }

  test('a page that is changed meanwhile is claimed and ended by what it then is', async () => {
    const processing = await processingDocument(ctx, 3);
    const [first, second] = processing.pages as [PageRow, PageRow, ...PageRow[]];
    const noted = await holding(sql`update pages set seq = seq where id = ${first.id}`);
    const claiming = claim(processing, 1);
    await noted();
    const held = await must(claiming);
    const moved = await holding(sql`update pages set progress = 50 where id = ${first.id}`);
    const ending = complete(held);
    await moved();
    expect(await ending).toBe(true);
    const { seq } = await readDocument(ctx, held.documentId);
    expect(await pageRow(held)).toMatchObject({ status: 'completed', progress: 100, seq });
    const taken = await holding(sql`update pages set status = 'canceled' where id = ${second.id}`);
    const late = claim(processing, 2);
    await taken();
    expect(await late).toBeUndefined();
    expect(await readDocument(ctx, held.documentId)).toMatchObject({ seq, pagesCompleted: 1 });
  });

  test('a claim that waited for another supersedes it', async () => {
    const processing = await processingDocument(ctx, 2);
    const { run, pages: rows } = processing;
    const job = { ...run, pageId: rows[0]?.id ?? '', page: 1 };
    const claiming = (db: Executor, worker: string) =>
      claimPage({ ctx: { ...ctx, db: db as typeof ctx.db }, input: { ...job, worker } });
    let second: ReturnType<typeof claimPage> | undefined;
    const first = await ctx.db.transaction(async (tx) => {
      const claimed = await must(claiming(tx, 'first'));
      second = claiming(ctx.db, 'second');
      await sleep(300);
      return claimed;
    });
    expect(await second).toMatchObject({ attempt: 2 });
    const [attempt] = await ctx.db.select().from(attempts).where(eq(attempts.id, first.token));
    expect(attempt?.outcome).toBe('superseded');
  });

  test('an attempt that loses its page while it ends it writes nothing', async () => {
    const processing = await processingDocument(ctx, 3);
    const held = await must(claim(processing, 1));
    const before = await readDocument(ctx, held.documentId);
    const token = randomUUID();
    const lost = await holding(
      sql`update pages set attempt_token = ${token} where id = ${held.pageId}`,
    );
    const ending = complete(held);
    await lost();
    expect(await ending).toBe(false);
    expect(await pageRow(held)).toMatchObject({ status: 'processing', attemptToken: token });
    const { seq, pagesCompleted } = await readDocument(ctx, held.documentId);
    expect({ seq, pagesCompleted }).toEqual({ seq: before.seq, pagesCompleted: 0 });
    const [attempt] = await ctx.db.select().from(attempts).where(eq(attempts.id, held.token));
    expect(attempt?.outcome).toBe('running');
  });

  test('pages that begin and end at once while events are told take their numbers one by one', async () => {
    const processing = await processingDocument(ctx, 12);
    const told = await holding(
      sql`update documents set seq = seq where id = ${processing.documentId}`,
    );
    const all = processing.pages.map(async (_, index) =>
      complete(await must(claim(processing, index + 1))),
    );
    await told();
    expect(await Promise.all(all)).toEqual(processing.pages.map(() => true));
    const rows = await ctx.db
      .select()
      .from(events)
      .where(eq(events.documentId, processing.documentId));
    const numbers = rows.map(({ seq }) => seq).sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    const document = await readDocument(ctx, processing.documentId);
    expect(document).toMatchObject({
      status: 'assembling',
      pagesCompleted: 12,
      seq: numbers.length,
    });
    const seqs = await ctx.db
      .select({ seq: pages.seq })
      .from(pages)
      .where(eq(pages.documentId, processing.documentId));
    expect(new Set(seqs.map(({ seq }) => seq)).size).toBe(12);
  });
});

describe('fan-in', () => {
  test('queues one assembly when the last of many concurrent pages ends', async () => {
    const document = await processingDocument(ctx, 12);
    const held = await Promise.all(
      document.pages.map((page) => must(claim(document, page.number))),
    );
    await Promise.all(held.map((one) => complete(one)));
    const row = await readDocument(ctx, document.documentId);
    expect(row).toMatchObject({ status: 'assembling', pagesCompleted: 12 });
    expect(await countJobs(ctx, document.documentId, 'document.assemble')).toBe(1);
  });

  test('numbers the events of a document without a gap', async () => {
    const document = await processingDocument(ctx, 5);
    const held = await Promise.all(
      document.pages.map((page) => must(claim(document, page.number))),
    );
    await Promise.all(held.map((one) => complete(one)));
    const rows = await ctx.db
      .select({ seq: events.seq })
      .from(events)
      .where(eq(events.documentId, document.documentId))
      .orderBy(events.seq);
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
  });

  test('a document with no page read fails with the first page’s reason', async () => {
    const document = await processingDocument(ctx, 2);
    for (const page of [1, 2]) await fail(await must(claim(document, page)), true);
    expect(await readDocument(ctx, document.documentId)).toMatchObject({
      status: 'failed',
      errorCode: 'PAGE_CRASHED',
      pagesFailed: 2,
    });
  });

  test('a failed page leaves its neighbours alone', async () => {
    const document = await processingDocument(ctx, 2);
    await fail(await must(claim(document, 1)), true);
    await complete(await must(claim(document, 2)));
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
    for (const page of [1, 2]) await fail(await must(claim(document, page)), true);
    await retryPage({ ctx, input: { documentId, page: 2 } });
    expect(await readDocument(ctx, documentId)).toMatchObject({
      status: 'processing',
      run: 2,
      pagesFailed: 1,
    });
    expect(await claim(document, 2)).toBeUndefined();
    await complete(await must(claim(document, 2, 2)));
    expect(await readDocument(ctx, documentId)).toMatchObject({
      status: 'assembling',
      pagesCompleted: 1,
    });
  });

  test('a canceled document goes on with the pages that were not read', async () => {
    const document = await processingDocument(ctx, 3);
    const { documentId } = document;
    await complete(await must(claim(document, 1)));
    await cancelDocument({ ctx, input: { documentId } });
    await retryDocument({ ctx, input: { documentId } });
    expect(await readDocument(ctx, documentId)).toMatchObject({
      status: 'processing',
      pagesCompleted: 1,
      pagesCanceled: 0,
    });
    for (const page of [2, 3]) await complete(await must(claim(document, page, 2)));
    expect((await readDocument(ctx, documentId)).status).toBe('assembling');
  });

  test('a released page costs no attempt and gets a job of its own', async () => {
    const document = await processingDocument(ctx, 1);
    const held = await must(claim(document, 1));
    const before = await pageRow(held);
    expect(await releasePage({ ctx, input: held })).toBe(true);
    const after = await pageRow(held);
    expect(after).toMatchObject({ status: 'pending', attemptToken: null });
    expect(after?.jobId).not.toBe(before?.jobId);
    expect(await countJobs(ctx, document.documentId, 'page.recognize')).toBe(2);
  });
});

describe('sweepDocuments', () => {
  const loseJobs = (documentId: string) =>
    ctx.db.execute(sql`delete from pgboss.job where data->>'documentId' = ${documentId}`);

  test('queues pages again whose jobs are gone, and leaves others alone', async () => {
    const lost = await processingDocument(ctx, 3);
    const healthy = await processingDocument(ctx, 2);
    await loseJobs(lost.documentId);
    await sweepDocuments({ ctx });
    await sweepDocuments({ ctx });
    expect(await countJobs(ctx, lost.documentId, 'page.recognize')).toBe(3);
    expect(await countJobs(ctx, healthy.documentId, 'page.recognize')).toBe(2);
  });

  test('gives up a page whose worker was lost at every attempt', async () => {
    const document = await processingDocument(ctx, 2);
    for (let attempt = 0; attempt < 3; attempt += 1) await claim(document, 1);
    await complete(await must(claim(document, 2)));
    await loseJobs(document.documentId);
    await sweepDocuments({ ctx });
    const [row] = await ctx.db
      .select()
      .from(pages)
      .where(and(eq(pages.documentId, document.documentId), eq(pages.number, 1)));
    expect(row).toMatchObject({ status: 'failed', errorCode: 'WORKER_CRASHED' });
    expect((await readDocument(ctx, document.documentId)).status).toBe('assembling');
  });

  test('fails a document whose assemble job is gone, and a retry assembles it again', async () => {
    const document = await processingDocument(ctx, 1);
    await complete(await must(claim(document, 1)));
    await loseJobs(document.documentId);
    await sweepDocuments({ ctx });
    const input = { documentId: document.documentId };
    expect(await readDocument(ctx, document.documentId)).toMatchObject({
      status: 'failed',
      errorCode: 'WORKER_CRASHED',
    });
    await retryDocument({ ctx, input });
    expect((await readDocument(ctx, document.documentId)).status).toBe('assembling');
    expect(await countJobs(ctx, document.documentId, 'document.assemble')).toBe(1);
  });
});
