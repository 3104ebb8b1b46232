import { eq, sql } from 'drizzle-orm';
import { type DocumentRow, documents, removals } from '#db/schema/index.ts';
import { type Context, inTransaction, type SystemContext } from '../context.ts';
import { documentPrefix } from '../storage/keys.ts';
import { abortMultipart } from '../storage/presign.ts';
import { lockOwnedDocument, type TransactionContext } from './internal.ts';

/**
 * Seconds after which objects are swept once more: a worker may have been writing one, and an upload
 * form is good for 300 seconds.
 */
const FURTHER_SWEEPS = [30, 330];

/** Deletes a document in whatever state it is. Its rows are gone at once, its objects soon after. */
export async function removeDocument({
  ctx,
  input,
}: {
  ctx: Context;
  input: { documentId: string };
}): Promise<void> {
  const upload = await inTransaction(ctx, async (tx) => {
    const row = await lockOwnedDocument(tx, input.documentId);
    await deleteDocument(tx, row, 'request');
    return row.upload.kind === 'multipart' && row.status === 'awaiting_upload'
      ? { key: row.sourceKey, uploadId: row.upload.uploadId }
      : undefined;
  });
  if (upload) {
    await abortMultipart(ctx.storage, upload).catch((error: unknown) => {
      ctx.logger.warn(
        { err: error, ...upload },
        'the parts of a deleted upload are left to the sweep',
      );
    });
  }
}

/** Deletes the rows, leaves the record, and queues the removal of the objects. */
export async function deleteDocument(
  tx: TransactionContext,
  { id: documentId, ownerId }: DocumentRow,
  reason: (typeof removals.$inferInsert)['reason'],
): Promise<void> {
  await tx.db
    .insert(removals)
    .values({ documentId, ownerId, reason, prefix: documentPrefix(documentId) });
  await tx.db.delete(documents).where(eq(documents.id, documentId));
  for (const startAfter of [0, ...FURTHER_SWEEPS]) {
    await tx.jobs.enqueue(tx.db, 'document.remove', { documentId }, { startAfter });
  }
  tx.announcer.note({ documentId, ownerId });
}

/** Removes what a deleted document left in the object store. Safe to repeat. */
export async function removeObjects({
  ctx,
  input,
}: {
  ctx: SystemContext;
  input: { documentId: string };
}): Promise<number> {
  const removed = await ctx.storage.removeAll(documentPrefix(input.documentId));
  await ctx.db
    .update(removals)
    .set({ finishedAt: sql`now()` })
    .where(eq(removals.documentId, input.documentId));
  return removed;
}
