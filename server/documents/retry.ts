import { randomUUID } from 'node:crypto';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { type DocumentRow, documents, pages } from '#db/schema/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { FanfoldError } from '../errors.ts';
import { requeuePages } from '../pages/requeue.ts';
import {
  appendEvent,
  enqueueDocumentJob,
  getOwnedDocument,
  lockOwnedDocument,
  moveDocument,
  type TransactionContext,
} from './internal.ts';
import { type DocumentView, documentView } from './view.ts';

/**
 * Tries again what failed or was canceled: those pages, or, where the file was never opened, the
 * whole document. Pages that were read stay. Throws CONFLICT where there is nothing to try again.
 */
export async function retryDocument({
  ctx,
  input,
}: {
  ctx: Context;
  input: { documentId: string };
}): Promise<DocumentView> {
  await inTransaction(ctx, async (tx) => {
    const row = await lockOwnedDocument(tx, input.documentId);
    if (!['partial', 'failed', 'canceled'].includes(row.status)) throw nothingToRetry();
    if (row.sourceRemovedAt || row.pagesRemovedAt) {
      throw new FanfoldError('CONFLICT', {
        sentence: 'The file was removed when its days were over. Upload it again.',
      });
    }
    if (!row.sourceEtag) {
      throw new FanfoldError('CONFLICT', { sentence: 'The file never arrived. Upload it again.' });
    }
    if (row.pageCount === null) return requeueDocument(tx, row);
    const ended = await tx.db
      .select({ id: pages.id, number: pages.number, status: pages.status })
      .from(pages)
      .where(and(eq(pages.documentId, row.id), inArray(pages.status, ['failed', 'canceled'])));
    if (ended.length === 0 && row.errorCode === null) throw nothingToRetry();
    await requeuePages(tx, row, ended);
  });
  return documentView(await getOwnedDocument(ctx, input.documentId));
}

/** Opens the file once more, from the start. */
export async function requeueDocument(tx: TransactionContext, row: DocumentRow): Promise<void> {
  const jobId = randomUUID();
  const queued = await moveDocument(tx, row.id, 'queued', {
    jobId,
    run: sql`${documents.run} + 1`,
    errorCode: null,
    errorSentence: null,
    queuedAt: sql`now()`,
    startAt: null,
    finishedAt: null,
  });
  if (!queued) throw new FanfoldError('CONFLICT');
  await appendEvent(tx, row.id, 'document.queued', { run: queued.run });
  await enqueueDocumentJob(tx, 'document.inspect', queued, { id: jobId });
}

function nothingToRetry(): FanfoldError {
  return new FanfoldError('CONFLICT', { sentence: 'There is nothing to try again.' });
}
