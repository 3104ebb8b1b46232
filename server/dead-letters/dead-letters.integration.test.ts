import { sql } from 'drizzle-orm';
import { PgBoss } from 'pg-boss';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { finalizeDocument } from '../documents/finalize.ts';
import { beginInspection, failRun } from '../documents/inspect.ts';
import { removeDocument } from '../documents/remove.ts';
import { retryDocument } from '../documents/retry.ts';
import { FanfoldError } from '../errors.ts';
import type { JobName, JobPayload } from '../jobs/catalog.ts';
import { JOB_SCHEMA } from '../jobs/schema-name.ts';
import { claimPage } from '../pages/claim.ts';
import { completePage } from '../pages/complete.ts';
import { failPage } from '../pages/fail.ts';
import {
  type Harness,
  layoutOf,
  processingDocument,
  readDocument,
  startHarness,
  uploadFile,
} from '../testing/harness.ts';
import { discardDeadLetters } from './discard.ts';
import { listDeadLetters, showDeadLetter } from './list.ts';
import { redriveDeadLetters } from './redrive.ts';

let harness: Harness;
let ctx: Harness['ctx'];
let boss: PgBoss;

beforeEach(async () => {
  harness = await startHarness();
  ctx = harness.ctx;
  const connectionString = harness.databaseUrl;
  boss = new PgBoss({ connectionString, schema: JOB_SCHEMA, migrate: false, supervise: false });
  boss.on('error', () => undefined);
  await boss.start();
});

afterEach(async () => {
  await boss.stop({ graceful: false });
  await harness.close();
});

const list = (filter: object = {}) =>
  listDeadLetters({ ctx, input: { limit: 200, offset: 0, ...filter } });
const redrive = (filter: object = {}, preview = false) =>
  redriveDeadLetters({ ctx, input: { ...filter, preview } });

/** Works on the waiting jobs of a kind: `act` says why one fails for good; nothing where it ends well. */
async function work<K extends JobName>(
  name: K,
  act: (payload: JobPayload<K>) => Promise<FanfoldError | undefined>,
) {
  for (;;) {
    const [job] = await boss.fetch<JobPayload<K>>(name);
    if (!job) return;
    const error = await act(job.data);
    if (!error) {
      await boss.complete(name, job.id);
      continue;
    }
    await ctx.db.execute(sql`update pgboss.job set retry_count = retry_limit where id = ${job.id}`);
    const { name: kind, code, message, stack } = error;
    await boss.fail(name, job.id, { name: kind, code, message, stack });
  }
}

/** Reads what waits; documents whose pages have ended are folded. */
async function readPages(fails: (page: number) => boolean) {
  await tryPages(fails);
  await ctx.db.execute(sql`
    update documents set status = case when pages_failed > 0 then 'partial' else 'completed' end
    where status = 'assembling'`);
}

const tryPages = (fails: (page: number) => boolean) =>
  work('page.recognize', async (job) => {
    const claim = await claimPage({ ctx, input: { ...job, worker: 'test' } });
    if (!claim) return undefined;
    const held = { ...job, token: claim.token };
    if (!fails(job.page)) {
      const layout = layoutOf(job.page, 'text');
      await completePage({ ctx, input: { ...held, layout, layoutKey: 'key', timings: {} } });
      return undefined;
    }
    const error = new FanfoldError('STORAGE_UNAVAILABLE', { detail: 'the store is away' });
    await failPage({ ctx, input: { ...held, error, final: true } });
    return error;
  });

const waiting = async (name: JobName) => {
  const { rows } = await ctx.db.execute<{ jobs: number; pages: number }>(sql`
    select count(*)::int as jobs, count(distinct data->>'pageId')::int as pages
    from pgboss.job where name = ${name} and state < 'active'`);
  return rows[0];
};

describe('a page that was given up', () => {
  test('is there with its kind, code, stack, payload and attempts', async () => {
    const { documentId, run } = await processingDocument(ctx, 2);
    await readPages((page) => page === 2);
    const { total, deadLetters } = await list();
    expect(total).toBe(1);
    expect(deadLetters[0]).toMatchObject({
      kind: 'page.recognize',
      code: 'STORAGE_UNAVAILABLE',
      attempts: 3,
      document: { id: documentId, fileName: 'scan.pdf' },
      page: 2,
    });
    const detail = await showDeadLetter({ ctx, input: { id: deadLetters[0]?.id ?? '' } });
    expect(detail.stack).toContain('dead-letters.integration.test');
    expect(detail.payload).toMatchObject({ ...run, page: 2 });
    expect(detail.history).toMatchObject([
      { number: 1, outcome: 'failed', code: 'STORAGE_UNAVAILABLE', detail: expect.any(String) },
    ]);
  });

  test('goes back with its document, and is gone from the dead letters', async () => {
    const { documentId } = await processingDocument(ctx, 3);
    await readPages((page) => page === 2);
    expect(await redrive()).toEqual({
      jobs: 1,
      kinds: { 'page.recognize': 1 },
      obsolete: 0,
      postponed: 0,
    });
    expect(await readDocument(ctx, documentId)).toMatchObject({
      status: 'processing',
      pagesFailed: 0,
    });
    expect((await list()).total).toBe(0);
    await readPages(() => false);
    expect(await readDocument(ctx, documentId)).toMatchObject({
      status: 'completed',
      pagesCompleted: 3,
    });
  });
});

test('100 that are sent back make 100 jobs and no double, from two sides at once', async () => {
  await processingDocument(ctx, 60);
  await processingDocument(ctx, 50);
  await readPages((page) => page > 5);
  expect((await list()).total).toBe(100);
  const both = await Promise.all([redrive(), redrive()]);
  expect(both[0].jobs + both[1].jobs).toBe(100);
  expect(await waiting('page.recognize')).toEqual({ jobs: 100, pages: 100 });
  expect((await list()).total).toBe(0);
}, 60_000);

test('a preview tells what would happen, and changes nothing', async () => {
  const { documentId } = await processingDocument(ctx, 4);
  await readPages((page) => page > 1);
  const before = await readDocument(ctx, documentId);
  const preview = await redrive({}, true);
  expect(preview).toEqual({ jobs: 3, kinds: { 'page.recognize': 3 }, obsolete: 0, postponed: 0 });
  expect(await readDocument(ctx, documentId)).toEqual(before);
  expect((await list()).total).toBe(3);
  expect(await redrive()).toEqual(preview);
});

test('a filter takes only what fits it', async () => {
  const one = await processingDocument(ctx, 3);
  const two = await processingDocument(ctx, 3);
  await readPages((page) => page === 1);
  expect((await list({ documentId: one.documentId })).total).toBe(1);
  expect((await list({ code: 'PAGE_CRASHED' })).total).toBe(0);
  expect((await list({ kind: 'document.inspect' })).total).toBe(0);
  const past = new Date(Date.now() - 3_600_000).toISOString();
  expect((await redrive({ before: past })).jobs).toBe(0);
  expect((await redrive({ documentId: two.documentId })).jobs).toBe(1);
  expect(await discardDeadLetters({ ctx, input: { kind: 'page.recognize' } })).toEqual({
    discarded: 1,
  });
  expect((await list()).total).toBe(0);
  expect(await readDocument(ctx, one.documentId)).toMatchObject({ pagesFailed: 1 });
});

test('a document that could not be opened is opened again', async () => {
  const documentId = await uploadFile(ctx);
  await finalizeDocument({ ctx, input: { documentId } });
  await work('document.inspect', async (job) => {
    const error = new FanfoldError('STORAGE_UNAVAILABLE');
    await beginInspection({ ctx, input: job });
    await failRun({ ctx, input: { ...job, error } });
    return error;
  });
  expect((await readDocument(ctx, documentId)).status).toBe('failed');
  expect((await redrive()).kinds).toEqual({ 'document.inspect': 1 });
  expect(await readDocument(ctx, documentId)).toMatchObject({ status: 'queued', run: 2 });
});

test('what is being folded just now stays until it can go back', async () => {
  await processingDocument(ctx, 2);
  await tryPages((page) => page === 1);
  expect(await redrive()).toMatchObject({ jobs: 0, obsolete: 0, postponed: 1 });
  expect((await list()).total).toBe(1);
});

test('what has gone on since, or is gone, is obsolete and not queued twice', async () => {
  const again = await processingDocument(ctx, 2);
  const gone = await processingDocument(ctx, 2);
  await readPages((page) => page === 1);
  await retryDocument({ ctx, input: { documentId: again.documentId } });
  await removeDocument({ ctx, input: { documentId: gone.documentId } });
  expect(await redrive()).toEqual({ jobs: 0, kinds: {}, obsolete: 2, postponed: 0 });
  expect(await waiting('page.recognize')).toEqual({ jobs: 1, pages: 1 });
});
