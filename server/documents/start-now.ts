import { eq } from 'drizzle-orm';
import { documents } from '#db/schema/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { FanfoldError } from '../errors.ts';
import { appendEvent, getOwnedDocument, lockOwnedDocument } from './internal.ts';
import { type DocumentView, documentView } from './view.ts';

/** Starts a document that waits for its time. Throws CONFLICT where it does not wait for one. */
export async function startDocumentNow({
  ctx,
  input,
}: {
  ctx: Context;
  input: { documentId: string };
}): Promise<DocumentView> {
  await inTransaction(ctx, async (tx) => {
    const row = await lockOwnedDocument(tx, input.documentId);
    if (row.status !== 'queued' || !row.startAt || !row.jobId) {
      throw new FanfoldError('CONFLICT', { sentence: 'This document does not wait for its time.' });
    }
    await tx.db.update(documents).set({ startAt: null }).where(eq(documents.id, row.id));
    await appendEvent(tx, row.id, 'document.queued', { run: row.run });
    await tx.jobs.startNow(tx.db, 'document.inspect', row.jobId);
  });
  return documentView(await getOwnedDocument(ctx, input.documentId));
}
