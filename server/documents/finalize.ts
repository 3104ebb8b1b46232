import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { sql } from 'drizzle-orm';
import type { DocumentRow } from '#db/schema/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { FanfoldError } from '../errors.ts';
import { completeMultipart, listParts } from '../storage/presign.ts';
import { detectType, MAGIC_BYTES } from './detect-type.ts';
import {
  appendEvent,
  enqueueDocumentJob,
  failDocument,
  getOwnedDocument,
  moveDocument,
  type TransactionContext,
} from './internal.ts';
import { startTime } from './schedule.ts';
import type { SourceType } from './source-types.ts';
import { type DocumentView, documentView } from './view.ts';

/**
 * Takes an upload as finished: checks the object and queues it, or fails the document with the
 * reason. Called again, it answers the same. Throws UPLOAD_MISSING while parts are still to come.
 */
export async function finalizeDocument({
  ctx,
  input,
}: {
  ctx: Context;
  input: { documentId: string };
}): Promise<DocumentView> {
  const row = await getOwnedDocument(ctx, input.documentId);
  if (row.status !== 'awaiting_upload') return documentView(row);
  const checked = await verifyUpload(ctx, row).catch((error: unknown) => {
    if (isVerdict(error)) return error;
    throw error;
  });
  await inTransaction(ctx, async (tx) => {
    if (checked instanceof FanfoldError) return refuse(tx, row, checked);
    const jobId = randomUUID();
    const startAt = row.schedule && startTime(row.schedule, new Date(), tx.jobs);
    const queued = await moveDocument(tx, row.id, 'queued', {
      ...checked,
      jobId,
      run: row.run + 1,
      queuedAt: sql`now()`,
      startAt,
    });
    if (!queued) return;
    await appendEvent(tx, row.id, 'document.queued', { run: queued.run });
    await enqueueDocumentJob(tx, 'document.inspect', queued, {
      id: jobId,
      ...(startAt && { startAfter: startAt }),
    });
  });
  return documentView(await getOwnedDocument(ctx, input.documentId));
}

/** Ends the document; nobody will ever read what has arrived. */
async function refuse(
  tx: TransactionContext,
  { id, sourceKey }: DocumentRow,
  verdict: FanfoldError,
): Promise<void> {
  await failDocument(tx, id, verdict);
  await tx.jobs.enqueue(tx.db, 'document.prune', { documentId: id, prefixes: [sourceKey] });
}

function isVerdict(error: unknown): error is FanfoldError {
  return (
    error instanceof FanfoldError && ['UPLOAD_MISMATCH', 'UNSUPPORTED_TYPE'].includes(error.code)
  );
}

async function verifyUpload(
  ctx: Context,
  row: DocumentRow,
): Promise<{ contentType: SourceType; sourceEtag: string }> {
  await completeParts(ctx, row);
  const object = await ctx.storage.head(row.sourceKey).catch((error: unknown) => {
    throw missingUpload(error);
  });
  if (object.size !== row.sizeBytes) {
    throw new FanfoldError('UPLOAD_MISMATCH', {
      detail: `${object.size} of ${row.sizeBytes} bytes`,
    });
  }
  if (object.sha256 && object.sha256 !== row.sha256) {
    throw new FanfoldError('UPLOAD_MISMATCH', { detail: 'SHA-256 differs' });
  }
  const start = await ctx.storage.read(row.sourceKey, { etag: object.etag, bytes: MAGIC_BYTES });
  const contentType = await detectType(await buffer(start));
  if (!contentType) throw new FanfoldError('UNSUPPORTED_TYPE', { detail: 'by its first bytes' });
  return { contentType, sourceEtag: object.etag };
}

async function completeParts(ctx: Context, row: DocumentRow): Promise<void> {
  if (row.upload.kind !== 'multipart') return;
  const upload = { key: row.sourceKey, uploadId: row.upload.uploadId };
  try {
    const parts = await listParts(ctx.storage, upload);
    const arrived = parts.reduce((sum, part) => sum + (part.Size ?? 0), 0);
    if (arrived < row.sizeBytes) throw new FanfoldError('UPLOAD_MISSING');
    await completeMultipart(ctx.storage, { ...upload, parts });
  } catch (error) {
    const completedBefore = error instanceof FanfoldError && error.code === 'SOURCE_MISSING';
    if (!completedBefore) throw error;
  }
}

function missingUpload(error: unknown): unknown {
  const missing = error instanceof FanfoldError && error.code === 'SOURCE_MISSING';
  return missing ? new FanfoldError('UPLOAD_MISSING', { cause: error }) : error;
}
