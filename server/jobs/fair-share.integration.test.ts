import { sql } from 'drizzle-orm';
import { PgBoss } from 'pg-boss';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { finalizeDocument } from '../documents/finalize.ts';
import { beginInspection, planPages } from '../documents/inspect.ts';
import { claimPage } from '../pages/claim.ts';
import { completePage } from '../pages/complete.ts';
import { type Harness, layoutOf, startHarness, uploadFile } from '../testing/harness.ts';
import type { JobName, JobPayload } from './catalog.ts';
import { JOB_SCHEMA } from './schema-name.ts';

let harness: Harness;
let boss: PgBoss;
let busy: Context;
let other: Context;

beforeEach(async () => {
  harness = await startHarness();
  boss = new PgBoss({
    connectionString: harness.databaseUrl,
    schema: JOB_SCHEMA,
    migrate: false,
    supervise: false,
    schedule: false,
  });
  boss.on('error', () => undefined);
  await boss.start();
  [busy, other] = await Promise.all([harness.otherOwner(), harness.otherOwner()]);
});

afterEach(async () => {
  await boss.stop({ graceful: false });
  await harness.close();
});

/** A document whose pages are queued. */
async function send(ctx: Context, pageCount: number, options: { priority?: 'bulk' } = {}) {
  const documentId = await queue(ctx, options);
  const run = { documentId, ownerId: ctx.ownerId, run: 1 };
  await beginInspection({ ctx, input: run });
  await planPages({ ctx, input: { ...run, pageCount, warnings: [] } });
  return documentId;
}

async function queue(ctx: Context, options: { priority?: 'bulk' } = {}) {
  const documentId = await uploadFile(ctx, undefined, options);
  await finalizeDocument({ ctx, input: { documentId } });
  return documentId;
}

async function take<K extends JobName>(name: K): Promise<JobPayload<K>> {
  const [job] = await boss.fetch<JobPayload<K>>(name);
  if (!job) throw new Error('the queue is empty');
  await boss.complete(name, job.id);
  return job.data;
}

/** Takes the next page and ends it; its document. */
async function read(): Promise<string> {
  const { ctx } = harness;
  const job = await take('page.recognize');
  const claim = await claimPage({ ctx, input: { ...job, worker: 'test' } });
  const { documentId, pageId, page } = job;
  const held = { documentId, pageId, page, token: claim?.token ?? '' };
  const layout = layoutOf(page, 'text');
  await completePage({ ctx, input: { ...held, layout, layoutKey: 'key', timings: {} } });
  return documentId;
}

/** How many pages are read before the first of the document, and that one. */
async function turnOf(documentId: string, most: number): Promise<number> {
  for (let turn = 1; turn <= most; turn += 1) if ((await read()) === documentId) return turn;
  return Number.POSITIVE_INFINITY;
}

describe('owners take turns', () => {
  test('one page goes at once, though another owner has queued 10,000 in one document', async () => {
    await send(busy, 10_000);
    for (let page = 0; page < 30; page += 1) await read();
    expect(await turnOf(await send(other, 1), 10)).toBeLessThanOrEqual(2);
  }, 60_000);

  test('one page goes at once, though another owner has queued many documents', async () => {
    for (let sent = 0; sent < 60; sent += 1) await send(busy, sent % 3 === 0 ? 50 : 1);
    for (let page = 0; page < 20; page += 1) await read();
    expect(await turnOf(await send(other, 1), 20)).toBeLessThanOrEqual(4);
  }, 60_000);

  test('one page goes before all that an owner has waiting who is being served', async () => {
    for (let sent = 0; sent < 40; sent += 1) await send(busy, 20);
    for (let page = 0; page < 60; page += 1) await read();
    const [served] = await boss.fetch('page.recognize');
    const [first, second] = [await send(other, 1), await send(await harness.otherOwner(), 1)];
    expect([await read(), await read()]).toEqual([first, second]);
    expect(served?.data).not.toMatchObject({ ownerId: other.ownerId });
  }, 60_000);

  test('whoever is not being served keeps his turn, however many others come', async () => {
    const waiting = new Set<string>();
    for (let sent = 0; sent < 3; sent += 1) waiting.add(await send(busy, 3));
    for (let page = 0; page < 3; page += 1) await read();
    for (let sent = 0; sent < 5; sent += 1) await send(await harness.otherOwner(), 1);
    expect(waiting).toContain(await read());
  }, 60_000);

  test('page by page, where both have much to do', async () => {
    const first = await send(busy, 100);
    for (let page = 0; page < 20; page += 1) await read();
    await send(other, 100);
    const turns: string[] = [];
    for (let page = 0; page < 20; page += 1) turns.push(await read());
    expect(turns.filter((id) => id === first).length).toBeGreaterThanOrEqual(9);
    expect(turns.filter((id) => id === first).length).toBeLessThanOrEqual(11);
  }, 60_000);

  test('also when their files are opened', async () => {
    for (let sent = 0; sent < 20; sent += 1) await queue(busy);
    const documentId = await queue(other);
    const opened = [await take('document.inspect'), await take('document.inspect')];
    expect(opened.map((job) => job.documentId)).toContain(documentId);
  }, 60_000);
});

describe('one owner', () => {
  test('a page is not kept waiting by a document of 3,000 pages', async () => {
    await send(busy, 3_000);
    for (let page = 0; page < 10; page += 1) await read();
    expect(await turnOf(await send(busy, 1), 10)).toBeLessThanOrEqual(3);
  }, 60_000);

  test('a page goes before the long document that is being read, two do not', async () => {
    const long = await send(busy, 200);
    for (let page = 0; page < 10; page += 1) await read();
    await boss.fetch('page.recognize');
    const [first] = [await send(busy, 1), await send(busy, 1)];
    expect([await read(), await read()]).toEqual([first, long]);
  }, 60_000);

  test('pages are read in the order of their numbers', async () => {
    await send(busy, 30);
    const numbers: number[] = [];
    for (let page = 0; page < 30; page += 1) numbers.push((await take('page.recognize')).page);
    expect(numbers).toEqual(numbers.toSorted((one, two) => one - two));
  });

  test('bulk waits until nothing interactive does', async () => {
    const bulk = await send(busy, 50, { priority: 'bulk' });
    const interactive = await send(busy, 5);
    const turns: string[] = [];
    for (let page = 0; page < 6; page += 1) turns.push(await read());
    expect(turns).toEqual([...Array(5).fill(interactive), bulk]);
  });
});

test('a place is found quickly in a long queue', async () => {
  await send(busy, 10_000);
  const { rows } = await harness.ctx.db.execute<{ 'QUERY PLAN': string }>(sql`
    explain select priority from pgboss.job where name = 'page.recognize'
      and priority between -999999999 and 0 and state < 'active' and not blocked
      and start_after <= now() order by priority desc limit 1`);
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('job_common_i11');
}, 60_000);
