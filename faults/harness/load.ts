import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { type DocumentRow, documents } from '#db/schema/index.ts';
import { buildPdf, type PageSpec } from '#fixtures/pdf.ts';
import type { Context } from '#server/context.ts';
import { createDocument } from '#server/documents/create.ts';
import { finalizeDocument } from '#server/documents/finalize.ts';
import { createDocumentSchema } from '#server/documents/schemas.ts';
import { isTerminal } from '#server/documents/status.ts';

/** A file whose every page shows a number of its own, so that a lost or doubled page is seen. */
export interface Load {
  bytes: Buffer;
  pageCount: number;
  /** The number that page `page` (from 1) shows. */
  numberOf(page: number): number;
}

const CORPUS = fileURLToPath(new URL('../../../shared/corpus/hostile/', import.meta.url));

/** `count` scanned pages; enough pixels to be read well, few enough to be read soon. */
export async function scanLoad(count: number): Promise<Load> {
  return pagesLoad(count, (text) => ({ kind: 'scan', text, dpi: 100 }));
}

/** `count` pages with text of their own: nothing is recognised. */
export async function textLoad(count: number): Promise<Load> {
  return pagesLoad(count, (text) => ({ kind: 'text', text }));
}

async function pagesLoad(count: number, page: (text: string) => PageSpec): Promise<Load> {
  const specs = Array.from({ length: count }, (_, index) =>
    page(`The number of this page is PAGE-${String(index + 1).padStart(5, '0')} and no other.`),
  );
  return { bytes: Buffer.from(await buildPdf(specs)), pageCount: count, numberOf: (one) => one };
}

/** A file of the corpus that numbers its pages from zero; undefined where there is no corpus. */
export function corpusLoad(name: string, pageCount: number): Load | undefined {
  const bytes = corpusFile(name);
  return bytes && { bytes, pageCount, numberOf: (page) => page - 1 };
}

export function corpusFile(name: string): Buffer | undefined {
  return existsSync(`${CORPUS}${name}`) ? readFileSync(`${CORPUS}${name}`) : undefined;
}

/** Uploads and finalizes a file; resolves to the document's id. */
export async function submit(
  ctx: Context,
  bytes: Buffer,
  request: Partial<z.input<typeof createDocumentSchema>> = {},
): Promise<string> {
  const documentId = await upload(ctx, bytes, request);
  await finalizeDocument({ ctx, input: { documentId } });
  return documentId;
}

/** Announces and uploads a file without finalizing it. */
export async function upload(
  ctx: Context,
  bytes: Buffer,
  request: Partial<z.input<typeof createDocumentSchema>> = {},
): Promise<string> {
  const input = createDocumentSchema.parse({
    fileName: 'load.pdf',
    contentType: 'application/pdf',
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    force: true,
    ...request,
  });
  const { document, upload: plan } = await createDocument({ ctx, input });
  if (plan?.kind !== 'post') throw new Error('the load is too large for one form');
  const form = new FormData();
  for (const [name, value] of Object.entries(plan.fields)) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(bytes)]));
  const sent = await fetch(plan.url, { method: 'POST', body: form });
  if (!sent.ok) throw new Error(`the upload was answered with ${sent.status}`);
  return document.id;
}

export async function readDocument(ctx: Context, documentId: string): Promise<DocumentRow> {
  const [row] = await ctx.db.select().from(documents).where(eq(documents.id, documentId));
  if (!row) throw new Error(`no document ${documentId}`);
  return row;
}

/** Waits until the document is as wanted; throws after `withinMs` with what it was then. */
export async function until(
  ctx: Context,
  documentId: string,
  wanted: (row: DocumentRow) => boolean,
  withinMs = 300_000,
): Promise<DocumentRow> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const row = await readDocument(ctx, documentId).catch(() => undefined);
    if (row && wanted(row)) return row;
    if (Date.now() > deadline) {
      throw new Error(`hung: ${row?.status}, ${row?.pagesCompleted} of ${row?.pageCount} pages`);
    }
    await sleep(100);
  }
}

export function untilEnded(ctx: Context, documentId: string, withinMs?: number) {
  return until(ctx, documentId, (row) => isTerminal(row.status), withinMs);
}

/** As `untilEnded`, for as long as reading the load may take on a busy machine. */
export function untilRead(ctx: Context, documentId: string, { pageCount }: Load) {
  return untilEnded(ctx, documentId, 120_000 + pageCount * 6_000);
}
