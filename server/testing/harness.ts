import { createHash, randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { type Database, type DatabaseHandle, openDatabase } from '#db/client.ts';
import { documents, owners, pages } from '#db/schema/index.ts';
import { createTestDatabase } from '#db/testing/database.ts';
import { startTestStore } from '#db/testing/store.ts';
import { type Context, LOCAL_OWNER_ID } from '../context.ts';
import { createDocument } from '../documents/create.ts';
import { finalizeDocument } from '../documents/finalize.ts';
import { beginInspection, planPages } from '../documents/inspect.ts';
import { createDocumentSchema } from '../documents/schemas.ts';
import { type Env, parseEnv } from '../env.ts';
import type { JobName } from '../jobs/catalog.ts';
import { createJobQueue, createSender } from '../jobs/queue.ts';
import { createAnnouncer } from '../live/announce.ts';
import { createLogger } from '../logger.ts';
import { LAYOUT_VERSION, type Layout } from '../pages/layout.ts';
import { prepareBucket } from '../storage/bucket.ts';
import { createStorage } from '../storage/client.ts';

/** The smallest file that passes for a PDF where it is only looked at, not opened. */
export const PDF_BYTES = Buffer.from('%PDF-1.4\n%%EOF\n');

export interface Harness {
  ctx: Context & { db: Database };
  env: Env;
  databaseUrl: string;
  /** Someone else's context on the same database. */
  otherOwner(): Promise<Context>;
  close(): Promise<void>;
}

/** The domain on a database and an object store of its own; nothing works on the jobs. */
export async function startHarness(): Promise<Harness> {
  const database = await createTestDatabase();
  const store = await startTestStore();
  const env = parseEnv({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATABASE_URL: database.url,
    S3_ENDPOINT: store.url,
    S3_REGION: store.region,
    S3_ACCESS_KEY_ID: store.accessKeyId,
    S3_SECRET_ACCESS_KEY: store.secretAccessKey,
    FANFOLD_SECRET: '0'.repeat(64),
    FANFOLD_LOCAL_KEY: 'ff_local_'.padEnd(40, 'x'),
  });
  const ignore = () => undefined;
  const handle: DatabaseHandle = openDatabase({ url: env.DATABASE_URL, max: 20, onError: ignore });
  const boss = createSender(env.DATABASE_URL, ignore);
  await boss.start();
  const logger = createLogger({ name: 'test', level: 'silent' });
  const storage = createStorage(env);
  await prepareBucket(storage, ['http://127.0.0.1:3000'], logger);
  const { db } = handle;
  const announcer = createAnnouncer({ db, logger });
  const system = { env, db, jobs: createJobQueue(boss), storage, announcer, logger };
  return {
    ctx: { ...system, ownerId: LOCAL_OWNER_ID },
    env,
    databaseUrl: env.DATABASE_URL,
    async otherOwner() {
      const ownerId = randomUUID();
      await handle.db.insert(owners).values({ id: ownerId, name: 'other' });
      return { ...system, ownerId };
    },
    async close() {
      await announcer.close();
      await boss.stop({ graceful: false });
      await handle.close();
      await store.close();
      await database.drop();
    },
  };
}

/** Announces a file and uploads it by its form, without finalizing it. */
export async function uploadFile(
  ctx: Context,
  bytes: Buffer = PDF_BYTES,
  overrides: Partial<z.input<typeof createDocumentSchema>> & { sent?: Buffer } = {},
): Promise<string> {
  const { sent = bytes, ...request } = overrides;
  const input = createDocumentSchema.parse({
    fileName: 'scan.pdf',
    contentType: 'application/pdf',
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    force: true,
    ...request,
  });
  const { document, upload } = await createDocument({ ctx, input });
  if (upload?.kind !== 'post') throw new Error('expected a form');
  const form = new FormData();
  for (const [name, value] of Object.entries(upload.fields)) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(sent)]));
  await fetch(upload.url, { method: 'POST', body: form });
  return document.id;
}

/** A document whose `pageCount` pages are planned and queued. */
export async function processingDocument(ctx: Context, pageCount: number) {
  const documentId = await uploadFile(ctx);
  await finalizeDocument({ ctx, input: { documentId } });
  const run = { documentId, ownerId: ctx.ownerId, run: 1 };
  await beginInspection({ ctx, input: run });
  await planPages({ ctx, input: { ...run, pageCount, warnings: [] } });
  const rows = await ctx.db.select().from(pages).where(eq(pages.documentId, documentId));
  return { documentId, run, pages: rows.toSorted((a, b) => a.number - b.number) };
}

export async function readDocument(ctx: Context, documentId: string) {
  const [row] = await ctx.db.select().from(documents).where(eq(documents.id, documentId));
  if (!row) throw new Error('no such document');
  return row;
}

/** The jobs of a document in one queue, in whatever state. */
export async function countJobs(ctx: Context, documentId: string, name: JobName): Promise<number> {
  const { rows } = await ctx.db.execute<{ count: number }>(
    sql`select count(*)::int as count from pgboss.job where name = ${name} and data->>'documentId' = ${documentId}`,
  );
  return rows[0]?.count ?? 0;
}

/** A layout with one line of the given words. */
export function layoutOf(page: number, text: string): Layout {
  const box: Layout['blocks'][0]['box'] = [100, 100, 900, 140];
  const words = text
    .split(' ')
    .map((word) => ({ text: word, box, confidence: 96, provenance: 'ocr' as const }));
  return {
    version: LAYOUT_VERSION,
    page,
    width: 1240,
    height: 1754,
    dpi: 150,
    rotation: 0,
    skew: 0,
    preparation: [],
    source: 'ocr',
    reason: 'The page is a scan.',
    engine: { name: 'null', version: '1' },
    languages: ['eng'],
    confidence: 96,
    blocks: [{ kind: 'text', box, lines: [{ box, baseline: null, words }] }],
    warnings: [],
  };
}
