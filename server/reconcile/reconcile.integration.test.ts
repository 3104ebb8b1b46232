import { randomUUID } from 'node:crypto';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { and, eq, sql } from 'drizzle-orm';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { outputs, pages, rereadings } from '#db/schema/index.ts';
import { removeDocument, removeObjects } from '../documents/remove.ts';
import { tidyDocument } from '../documents/tidy.ts';
import { claimPage } from '../pages/claim.ts';
import { completePage } from '../pages/complete.ts';
import { attemptKey, detailKey, documentPrefix, outputKey } from '../storage/keys.ts';
import {
  countJobs,
  type Harness,
  layoutOf,
  processingDocument,
  readDocument,
  startHarness,
  uploadFile,
} from '../testing/harness.ts';
import { reconcile } from './reconcile.ts';

let harness: Harness;
let ctx: Harness['ctx'];

beforeEach(async () => {
  harness = await startHarness();
  ctx = harness.ctx;
});
afterEach(() => harness.close());

/** A document that was read, with everything that belongs to it in the store. */
async function read(pageCount = 2): Promise<string> {
  const { documentId, run, pages: rows } = await processingDocument(ctx, pageCount);
  for (const { id: pageId, number: page } of rows) {
    const claim = await claimPage({ ctx, input: { ...run, pageId, page, worker: 'test' } });
    const token = claim?.token ?? '';
    const key = (object: 'layout.json' | 'image.jpg' | 'thumbnail.jpg') =>
      attemptKey(documentId, page, token, object);
    for (const object of ['layout.json', 'image.jpg', 'thumbnail.jpg'] as const) {
      await ctx.storage.put(key(object), object, 'application/octet-stream');
    }
    const images = { imageKey: key('image.jpg'), thumbnailKey: key('thumbnail.jpg') };
    await ctx.db
      .update(pages)
      .set({ ...images, imageWidth: 1, imageHeight: 1 })
      .where(eq(pages.id, pageId));
    const layout = layoutOf(page, 'text');
    const held = { documentId, pageId, page, token };
    await completePage({
      ctx,
      input: { ...held, layout, layoutKey: key('layout.json'), timings: {} },
    });
  }
  const key = outputKey({ id: documentId, run: 1 }, { format: 'txt', variant: '' }, 'job');
  await ctx.storage.put(key, 'text', 'text/plain');
  await ctx.db
    .insert(outputs)
    .values({ documentId, ownerId: ctx.ownerId, format: 'txt', key, sizeBytes: 4, run: 1 });
  await ctx.db.execute(sql`
    update documents set status = 'completed', job_id = null, finished_at = now()
    where id = ${documentId}`);
  return documentId;
}

/** All steps of a comparison; objects may be of any age. */
async function compare(fix = false, graceMinutes = 0) {
  const findings = [];
  for (let after: string | null | undefined; after !== null; ) {
    const input = { after: after ?? null, fix, graceMinutes };
    const step = await reconcile({ ctx, input });
    findings.push(...step.findings);
    after = step.next;
  }
  return findings;
}

async function objects(documentId: string): Promise<string[]> {
  const Prefix = documentPrefix(documentId);
  const { Contents } = await ctx.storage.client.send(
    new ListObjectsV2Command({ Bucket: ctx.storage.bucket, Prefix }),
  );
  return (Contents ?? []).map(({ Key }) => Key ?? '');
}

const tally = (findings: { kind: string }[]) =>
  Object.fromEntries(
    [...Map.groupBy(findings, ({ kind }) => kind)].map(([kind, all]) => [kind, all.length]),
  );

test('what fits together has no differences, nor has an upload on its way', async () => {
  const documentId = await read();
  const [page] = await ctx.db.select().from(pages).where(eq(pages.documentId, documentId));
  await ctx.storage.put(detailKey(page?.imageKey ?? ''), 'larger', 'image/jpeg');
  await uploadFile(ctx);
  expect(await compare()).toEqual([]);
});

test('lists every object without a row, and deletes it once it is old enough', async () => {
  const documentId = await read(1);
  const stale = attemptKey(documentId, 1, 'stale', 'image.jpg');
  const orphan = `${documentPrefix('00000000-0000-4000-8000-00000000dead')}source`;
  const beside = 'documents/readme.txt';
  for (const key of [stale, orphan, beside]) await ctx.storage.put(key, 'x', 'text/plain');
  const found = await compare();
  expect(found.map(({ key }) => key).toSorted()).toEqual([orphan, stale, beside].toSorted());
  expect(tally(found)).toEqual({ 'object-without-row': 3 });
  expect((await compare(true, 60)).every(({ mended }) => mended === null)).toBe(true);
  expect((await compare(true)).every(({ mended }) => mended === 'deleted')).toBe(true);
  expect(await compare()).toEqual([]);
  expect(await objects(documentId)).toHaveLength(5);
});

test('reads pages again whose layouts are gone, and makes outputs again', async () => {
  const documentId = await read(2);
  const [layout] = await ctx.db
    .select({ key: pages.layoutKey })
    .from(pages)
    .where(and(eq(pages.documentId, documentId), eq(pages.number, 2)));
  await ctx.storage.removeAll(layout?.key ?? '');
  await ctx.storage.removeAll(`${documentPrefix(documentId)}outputs/`);
  expect(tally(await compare())).toEqual({ 'layout-missing': 1, 'output-missing': 1 });
  expect((await compare(true)).every(({ mended }) => mended !== null)).toBe(true);
  expect(await readDocument(ctx, documentId)).toMatchObject({
    status: 'processing',
    run: 2,
    pagesCompleted: 1,
  });
  expect(await countJobs(ctx, documentId, 'page.recognize')).toBe(3);
  const left = await compare(true);
  expect(tally(left)).toEqual({ 'object-without-row': 2 });
  expect(await compare()).toEqual([]);
});

test('an output that is gone is made again from the layouts', async () => {
  const documentId = await read(1);
  await ctx.storage.removeAll(`${documentPrefix(documentId)}outputs/`);
  expect(await compare(true)).toMatchObject([{ kind: 'output-missing', mended: 'made again' }]);
  expect(await countJobs(ctx, documentId, 'document.output')).toBe(1);
  expect(await compare()).toEqual([]);
});

test('a second reading that waits is left alone, and dropped once it is lost', async () => {
  const documentId = await read(1);
  const [page] = await ctx.db.select().from(pages).where(eq(pages.documentId, documentId));
  const id = randomUUID();
  const key = attemptKey(documentId, 1, id, 'layout.json');
  await ctx.storage.put(key, '{}', 'application/json');
  const owned = { documentId, ownerId: ctx.ownerId, pageId: page?.id ?? '' };
  await ctx.db
    .insert(rereadings)
    .values({ id, ...owned, options: {}, status: 'done', layoutKey: key });
  expect(await compare(true)).toEqual([]);
  expect(await tidyDocument({ ctx, input: { documentId } })).toBe(0);
  await ctx.storage.removeAll(key);
  expect(await compare(true)).toMatchObject([{ kind: 'rereading-missing', mended: 'dropped' }]);
  expect(await compare()).toEqual([]);
});

test('pages whose layouts and file are both gone fail; nothing is silently blank', async () => {
  const documentId = await read(2);
  await ctx.storage.removeAll(documentPrefix(documentId));
  expect(tally(await compare(true))).toEqual({
    'source-missing': 1,
    'layout-missing': 2,
    'picture-missing': 4,
    'output-missing': 1,
  });
  expect(await readDocument(ctx, documentId)).toMatchObject({
    status: 'failed',
    errorCode: 'SOURCE_MISSING',
    pagesFailed: 2,
  });
  expect(await compare()).toEqual([]);
});

test('a document whose file is lost before it was read fails', async () => {
  const { documentId } = await processingDocument(ctx, 2);
  await ctx.storage.removeAll(documentPrefix(documentId));
  expect(await compare(true)).toMatchObject([{ mended: 'failed: SOURCE_MISSING' }]);
  expect(await readDocument(ctx, documentId)).toMatchObject({ errorCode: 'SOURCE_MISSING' });
});

test('a database restored from before is told from the store whole, and mended', async () => {
  const [kept, deleted] = [await read(1), await read(2)];
  const backup = await copyDatabase();
  const newer = await read(1);
  await removeDocument({ ctx, input: { documentId: deleted } });
  await removeObjects({ ctx, input: { documentId: deleted } });
  const orphans = await objects(newer);
  await backup.restore();

  const found = await compare();
  const strays = found.filter(({ kind }) => kind === 'object-without-row');
  expect(strays.map(({ key }) => key).toSorted()).toEqual(orphans.toSorted());
  const missing = found.filter(({ kind }) => kind !== 'object-without-row');
  expect(new Set(missing.map(({ documentId }) => documentId))).toEqual(new Set([deleted]));
  expect(tally(missing)).toEqual({
    'source-missing': 1,
    'layout-missing': 2,
    'picture-missing': 4,
    'output-missing': 1,
  });
  expect((await compare(true)).every(({ mended }) => mended !== null)).toBe(true);
  expect(await compare()).toEqual([]);
  expect((await readDocument(ctx, kept)).status).toBe('completed');
  expect((await readDocument(ctx, deleted)).errorCode).toBe('SOURCE_MISSING');
}, 60_000);

/** A copy of the suite's database, made by the server itself: embedded Postgres has no pg_dump. */
async function copyDatabase(): Promise<{ restore(): Promise<void> }> {
  const name = new URL(harness.databaseUrl).pathname.slice(1);
  const copy = `${name}_backup`;
  const copyOver = async (from: string, to: string) => {
    const client = new Client({ connectionString: inject('adminUrl') });
    await client.connect();
    const gone = 'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1';
    await client.query(`drop database if exists ${to} with (force)`);
    await client.query(gone, [from]);
    await client.query(`create database ${to} template ${from}`);
    await client.end();
  };
  await copyOver(name, copy);
  return {
    async restore() {
      await copyOver(copy, name);
      const client = new Client({ connectionString: inject('adminUrl') });
      await client.connect();
      await client.query(`drop database ${copy}`);
      await client.end();
    },
  };
}
