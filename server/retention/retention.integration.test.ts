import { ListMultipartUploadsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { documents, outputs, pages, removals } from '#db/schema/index.ts';
import type { SystemContext } from '../context.ts';
import { createDocument } from '../documents/create.ts';
import { removeObjects } from '../documents/remove.ts';
import { retryDocument } from '../documents/retry.ts';
import { createDocumentSchema } from '../documents/schemas.ts';
import { sweepDocuments } from '../documents/sweep.ts';
import type { Env } from '../env.ts';
import { downloadOutput } from '../outputs/download.ts';
import { documentPrefix, pagesPrefix } from '../storage/keys.ts';
import {
  countJobs,
  type Harness,
  processingDocument,
  readDocument,
  startHarness,
  uploadFile,
} from '../testing/harness.ts';
import { applyRetention } from './apply.ts';
import { abortOldUploads } from './uploads.ts';

let harness: Harness;
let ctx: Harness['ctx'];

beforeEach(async () => {
  harness = await startHarness();
  ctx = harness.ctx;
});
afterEach(() => harness.close());

/** A document that ended so many days ago, with a source, a page's picture and an output. */
async function ended(days: number, retention: object | null = null) {
  const { documentId } = await processingDocument(ctx, 1);
  await ctx.storage.put(`${pagesPrefix(documentId)}1/token/image.jpg`, 'x', 'image/jpeg');
  const key = `${documentPrefix(documentId)}outputs/1/document.txt`;
  await ctx.storage.put(key, 'text', 'text/plain');
  await ctx.db
    .insert(outputs)
    .values({ documentId, ownerId: ctx.ownerId, format: 'txt', key, sizeBytes: 4, run: 1 });
  await ctx.db.execute(sql`
    update documents set status = 'completed', retention = ${JSON.stringify(retention)}::jsonb,
      finished_at = now() - make_interval(days => ${days}) where id = ${documentId}`);
  return documentId;
}

const retain = (env: Partial<Env> = {}, as: SystemContext = ctx) =>
  applyRetention({ ctx: { ...as, env: { ...as.env, ...env } } });

/** What the jobs that wait would do. */
async function pruneObjects() {
  const { rows } = await ctx.db.execute<{ prefixes: string[] }>(
    sql`select data->'prefixes' as prefixes from pgboss.job where name = 'document.prune'`,
  );
  for (const { prefixes } of rows) {
    for (const prefix of prefixes) await ctx.storage.removeAll(prefix);
  }
}

async function objects(documentId: string): Promise<string[]> {
  const Prefix = documentPrefix(documentId);
  const found = await ctx.storage.client.send(
    new ListObjectsV2Command({ Bucket: ctx.storage.bucket, Prefix }),
  );
  return (found.Contents ?? []).map(({ Key }) => Key?.slice(Prefix.length) ?? '');
}

describe('retention', () => {
  test('keeps everything where nobody has said how long', async () => {
    const documentId = await ended(10_000);
    expect(await retain()).toEqual({ pruned: 0, deleted: 0 });
    expect(await objects(documentId)).toHaveLength(3);
  });

  test('removes the file, the pages and the outputs each by the days of its own', async () => {
    const documentId = await ended(10);
    const env = { RETENTION_SOURCE_DAYS: 5, RETENTION_PAGES_DAYS: 20, RETENTION_OUTPUTS_DAYS: 11 };
    expect(await retain(env)).toEqual({ pruned: 1, deleted: 0 });
    expect(await retain(env)).toEqual({ pruned: 0, deleted: 0 });
    await pruneObjects();
    expect(await objects(documentId)).toEqual([
      'outputs/1/document.txt',
      'pages/1/token/image.jpg',
    ]);
    expect(await retain({ ...env, RETENTION_PAGES_DAYS: 9 })).toEqual({ pruned: 1, deleted: 0 });
    await pruneObjects();
    expect(await objects(documentId)).toEqual(['outputs/1/document.txt']);
    expect(await ctx.db.select().from(pages).where(eq(pages.documentId, documentId))).toEqual([]);
    expect(await readDocument(ctx, documentId)).toMatchObject({
      sourceRemovedAt: expect.any(Date),
      pagesRemovedAt: expect.any(Date),
      outputsRemovedAt: null,
    });
  });

  test('deletes the document when all of it is over, and keeps a record without content', async () => {
    const documentId = await ended(10);
    const env = { RETENTION_SOURCE_DAYS: 5, RETENTION_PAGES_DAYS: 5, RETENTION_OUTPUTS_DAYS: 10 };
    expect(await retain(env)).toEqual({ pruned: 0, deleted: 1 });
    expect(await ctx.db.select().from(documents).where(eq(documents.id, documentId))).toEqual([]);
    await removeObjects({ ctx, input: { documentId } });
    expect(await objects(documentId)).toEqual([]);
    expect(await ctx.db.select().from(removals)).toMatchObject([
      { documentId, reason: 'retention', finishedAt: expect.any(Date) },
    ]);
  });

  test("goes by the document's own days before the server's; null keeps", async () => {
    const kept = await ended(10, { source: null, pages: null, outputs: null });
    const short = await ended(10, { source: 1 });
    const env = { RETENTION_SOURCE_DAYS: 5, RETENTION_PAGES_DAYS: 50, RETENTION_OUTPUTS_DAYS: 50 };
    expect(await retain(env)).toEqual({ pruned: 1, deleted: 0 });
    expect((await readDocument(ctx, kept)).sourceRemovedAt).toBeNull();
    expect((await readDocument(ctx, short)).sourceRemovedAt).not.toBeNull();
  });

  test('leaves alone what is still being read', async () => {
    const { documentId } = await processingDocument(ctx, 1);
    await ctx.db.execute(sql`update documents set finished_at = now() - interval '9 days'`);
    expect(await retain({ RETENTION_SOURCE_DAYS: 1 })).toEqual({ pruned: 0, deleted: 0 });
    expect((await readDocument(ctx, documentId)).status).toBe('processing');
  });

  test('what was removed is neither read again nor written anew', async () => {
    const documentId = await ended(10);
    await retain({ RETENTION_SOURCE_DAYS: 5, RETENTION_PAGES_DAYS: 5 });
    await ctx.db.update(documents).set({ status: 'partial' }).where(eq(documents.id, documentId));
    await expect(retryDocument({ ctx, input: { documentId } })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    const input = { documentId, format: 'pdf', text: undefined, again: false } as never;
    await expect(downloadOutput({ ctx, input })).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

describe('uploads that nobody finished', () => {
  const large = createDocumentSchema.parse({
    fileName: 'large.pdf',
    contentType: 'application/pdf',
    size: 40 * 1024 ** 2,
    sha256: 'a'.repeat(64),
  });
  const uploads = async () => {
    const found = await ctx.storage.client.send(
      new ListMultipartUploadsCommand({ Bucket: ctx.storage.bucket }),
    );
    return found.Uploads?.length ?? 0;
  };

  test('end within a day, and leave neither a file nor parts', async () => {
    const small = await uploadFile(ctx);
    const { document } = await createDocument({ ctx, input: large });
    await ctx.db.execute(sql`update documents set created_at = now() - interval '23 hours'`);
    expect(await sweepDocuments({ ctx })).toMatchObject({ uploads: 2 });
    expect(await uploads()).toBe(0);
    for (const id of [small, document.id]) {
      expect(await readDocument(ctx, id)).toMatchObject({ errorCode: 'UPLOAD_EXPIRED' });
      expect(await countJobs(ctx, id, 'document.prune')).toBe(1);
    }
    await pruneObjects();
    expect(await objects(small)).toEqual([]);
  });

  test('are found in the store where no row knows of them', async () => {
    await createDocument({ ctx, input: large });
    await ctx.db.delete(documents);
    expect(await abortOldUploads({ ctx })).toBe(0);
    expect(await abortOldUploads({ ctx, olderThanHours: -1 })).toBe(1);
    expect(await uploads()).toBe(0);
  });
});
