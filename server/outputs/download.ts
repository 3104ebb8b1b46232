import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { type DocumentRow, outputs } from '#db/schema/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { OUTPUTS } from '../documents/formats.ts';
import { appendEvent, getOwnedDocument, lockOwnedDocument } from '../documents/internal.ts';
import type { downloadSchema } from '../documents/schemas.ts';
import { FanfoldError } from '../errors.ts';
import { presignDownload } from '../storage/presign.ts';
import { outputFileName } from './file-names.ts';
import { findOutput, isReady } from './internal.ts';
import { type OutputName, outputName } from './variants.ts';

export interface OutputDownload {
  /** A short-lived address; null while the output is being made: ask again in a moment. */
  url: string | null;
  fileName: string;
}

/**
 * An output of a document that was read: its address, or, where nobody has asked for it before, the
 * order to make it. Throws CONFLICT while the document is being read, and the output's own error
 * where it could not be made; `again` has it tried once more.
 */
export async function downloadOutput({
  ctx,
  input,
}: {
  ctx: Context;
  input: z.output<typeof downloadSchema>;
}): Promise<OutputDownload> {
  const row = await getOwnedDocument(ctx, input.documentId);
  const name = outputName(input.format, input.text);
  const fileName = outputFileName(row.fileName, name.format);
  const output = await findOutput(ctx.db, row.id, name);
  if (!isReady(output)) {
    await requestOutput(ctx, row.id, name, input.again);
    return { url: null, fileName };
  }
  const { key } = output;
  const contentType = OUTPUTS[name.format].type;
  return { url: await presignDownload(ctx.storage, { key, contentType, fileName }), fileName };
}

/** Has an output made unless it is there, or being made. */
export async function requestOutput(
  ctx: Context,
  documentId: string,
  name: OutputName,
  again: boolean,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const row = await lockOwnedDocument(tx, documentId);
    if (row.status !== 'completed' && row.status !== 'partial') throw notRead(row);
    if (row.pagesRemovedAt) {
      throw new FanfoldError('CONFLICT', {
        sentence: 'What was read of the pages was removed when its days were over.',
      });
    }
    const output = await findOutput(tx.db, row.id, name);
    if (isReady(output) || output?.jobId) return;
    if (output?.errorCode && !again) {
      const sentence = output.errorSentence;
      throw new FanfoldError(output.errorCode, { ...(sentence && { sentence }) });
    }
    await orderOutput(tx, row, name);
  });
}

function notRead({ status }: DocumentRow): FanfoldError {
  const ended = status === 'failed' || status === 'canceled';
  const sentence = ended
    ? 'The document was not read to its end, so that there is nothing to write.'
    : 'The document is still being read.';
  return new FanfoldError('CONFLICT', { sentence });
}

/** Queues the job that makes an output. The caller holds the document's lock. */
async function orderOutput(
  tx: Context & { db: Transaction },
  { id: documentId, ownerId, run }: DocumentRow,
  name: OutputName,
): Promise<void> {
  const jobId = randomUUID();
  const made = { key: null, sizeBytes: null, sha256: null, errorCode: null, errorSentence: null };
  await tx.db
    .insert(outputs)
    .values({ documentId, ownerId, run, ...name, jobId })
    .onConflictDoUpdate({
      target: [outputs.documentId, outputs.format, outputs.variant],
      set: { ...made, jobId, run },
    });
  await appendEvent(tx, documentId, 'output.requested', name);
  const payload = { documentId, ownerId, run, ...name, token: jobId };
  await tx.jobs.enqueue(tx.db, 'document.output', payload, { id: jobId });
}
