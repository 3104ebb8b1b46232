import { setTimeout as sleep } from 'node:timers/promises';
import { inArray, sql } from 'drizzle-orm';
import { documents } from '#db/schema/index.ts';
import { submit } from '#faults/harness/load.ts';
import { buildPdf } from '#fixtures/pdf.ts';
import type { Context } from '#server/context.ts';
import { beginInspection, planPages } from '#server/documents/inspect.ts';
import { documentOptionsSchema } from '#server/documents/schemas.ts';

/** Milliseconds after which a load that does not end is given up. */
const PATIENCE = 280_000;
const TOMORROW = 24 * 3600 * 1000;

/** Every page goes to the engine, once, and nothing is folded but its text. */
const options = documentOptionsSchema.parse({
  engine: 'null',
  mode: 'force',
  quality: 'fast',
  rotation: 0,
  deskew: false,
  formats: ['txt'],
});

/** A file of small scans, cheap to open. */
export async function smallScans(pageCount: number): Promise<Buffer> {
  const page = { kind: 'scan', text: 'One of many pages.', dpi: 72 } as const;
  return Buffer.from(await buildPdf(Array.from({ length: pageCount }, () => page)));
}

/** Uploads and queues a file; resolves to the document's id. */
export function send(ctx: Context, file: Buffer): Promise<string> {
  return submit(ctx, file, { options });
}

/** Documents that are uploaded and wait for `release`. */
export async function hold(ctx: Context, file: Buffer, count: number): Promise<string[]> {
  const startAfter = new Date(Date.now() + TOMORROW).toISOString();
  const ids: string[] = [];
  for (let made = 0; made < count; made += 1) {
    ids.push(await submit(ctx, file, { options, schedule: { startAfter } }));
  }
  return ids;
}

/** Queues the pages of a held document as inspection does, without opening its file. */
export async function release(ctx: Context, documentId: string, pageCount: number): Promise<void> {
  const run = { documentId, ownerId: ctx.ownerId, run: 1 };
  await beginInspection({ ctx, input: run });
  await planPages({ ctx, input: { ...run, pageCount, warnings: [] } });
}

/** Waits until `pageCount` pages of the documents are read; throws where one of them failed. */
export async function untilRead(ctx: Context, ids: string[], pageCount: number): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const [row] = await ctx.db
      .select({
        read: sql<number>`sum(${documents.pagesCompleted})::int`,
        failed: sql<number>`sum(${documents.pagesFailed})::int`,
      })
      .from(documents)
      .where(inArray(documents.id, ids));
    if (row?.failed) throw new Error(`${row.failed} pages failed`);
    if (row?.read === pageCount) return;
    if (Date.now() > deadline) throw new Error(`hung: ${row?.read} of ${pageCount} pages`);
    await sleep(100);
  }
}
