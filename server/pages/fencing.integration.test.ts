import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { eq, type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Executor } from '#db/client.ts';
import { attempts, events, type PageRow, pages } from '#db/schema/index.ts';
import { cancelDocument } from '../documents/cancel.ts';
import { claim, complete, fail, hold } from '../testing/attempts.ts';
import {
  type Harness,
  processingDocument,
  readDocument,
  startHarness,
} from '../testing/harness.ts';
import { claimPage } from './claim.ts';
import { notePageImages } from './complete.ts';
import { releasePage } from './fail.ts';
import { reportProgress } from './progress.ts';

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

describe('fencing', () => {
  test('a stale attempt writes nothing once another has taken the page', async () => {
    const document = await processingDocument(ctx, 1);
    const stale = await hold(ctx, document, 1);
    const fresh = await hold(ctx, document, 1);
    const images = { imageKey: 'i', thumbnailKey: 't', imageWidth: 1, imageHeight: 1 };
    expect(await notePageImages({ ctx, input: { ...stale, images } })).toBe(false);
    expect(await complete(ctx, stale, 'stale')).toBe(false);
    expect(await fail(ctx, stale, true)).toBe(false);
    expect(await releasePage({ ctx, input: stale })).toBe(false);
    const progress = { ...stale, ownerId: ctx.ownerId, percent: 99 };
    expect(await reportProgress({ ctx, input: progress })).toBe(false);
    expect(await pageRow(fresh)).toMatchObject({
      status: 'processing',
      progress: 0,
      imageKey: null,
    });
    expect(await complete(ctx, fresh, 'fresh')).toBe(true);
    expect(await complete(ctx, fresh, 'twice')).toBe(false);
    expect(await pageRow(fresh)).toMatchObject({ status: 'completed', text: 'fresh' });
    const tries = await ctx.db.select().from(attempts).where(eq(attempts.pageId, fresh.pageId));
    expect(tries.map((attempt) => attempt.outcome).toSorted()).toEqual(['completed', 'superseded']);
  });

  test('a page of a canceled document cannot be claimed, and a running one is lost', async () => {
    const document = await processingDocument(ctx, 2);
    const running = await hold(ctx, document, 1);
    await cancelDocument({ ctx, input: { documentId: document.documentId } });
    expect(await claim(ctx, document, 2)).toBeUndefined();
    expect(await complete(ctx, running)).toBe(false);
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
      const held = await hold(ctx, document, 1);
      await Promise.allSettled([
        complete(ctx, held),
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
    const claiming = hold(ctx, processing, 1);
    await noted();
    const held = await claiming;
    const moved = await holding(sql`update pages set progress = 50 where id = ${first.id}`);
    const ending = complete(ctx, held);
    await moved();
    expect(await ending).toBe(true);
    const { seq } = await readDocument(ctx, held.documentId);
    expect(await pageRow(held)).toMatchObject({ status: 'completed', progress: 100, seq });
    const taken = await holding(sql`update pages set status = 'canceled' where id = ${second.id}`);
    const late = claim(ctx, processing, 2);
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
      const claimed = await claiming(tx, 'first');
      second = claiming(ctx.db, 'second');
      await sleep(300);
      return claimed;
    });
    expect(await second).toMatchObject({ attempt: 2 });
    const [attempt] = await ctx.db
      .select()
      .from(attempts)
      .where(eq(attempts.id, first?.token ?? ''));
    expect(attempt?.outcome).toBe('superseded');
  });

  test('an attempt that loses its page while it ends it writes nothing', async () => {
    const processing = await processingDocument(ctx, 3);
    const held = await hold(ctx, processing, 1);
    const before = await readDocument(ctx, held.documentId);
    const token = randomUUID();
    const lost = await holding(
      sql`update pages set attempt_token = ${token} where id = ${held.pageId}`,
    );
    const ending = complete(ctx, held);
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
      complete(ctx, await hold(ctx, processing, index + 1)),
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
