import { randomUUID } from 'node:crypto';
import { eq, inArray, sql } from 'drizzle-orm';
import { type DocumentRow, documents, pages } from '#db/schema/index.ts';
import {
  appendEvent,
  enqueueDocumentJob,
  moveDocument,
  type TransactionContext,
} from '../documents/internal.ts';
import { isTerminal } from '../documents/status.ts';
import { FanfoldError } from '../errors.ts';
import { enqueuePageJobs } from './internal.ts';
import type { PageStatus } from './status.ts';

interface EndedPage {
  id: string;
  status: PageStatus;
}

/**
 * Sets pages that have ended back to pending and queues them; a document that had
 * ended goes on, as its next run. The caller holds the document's lock.
 */
export async function requeuePages(
  tx: TransactionContext,
  row: DocumentRow,
  ended: EndedPage[],
): Promise<void> {
  const run = isTerminal(row.status) ? await resume(tx, row) : row.run;
  const current = { ...row, run };
  if (ended.length === 0) return assembleAgain(tx, current);
  const seq = await appendEvent(tx, row.id, 'document.processing', {
    pageCount: row.pageCount ?? 0,
  });
  const reset = await resetPages(
    tx,
    ended.map(({ id }) => id),
    seq,
  );
  await tx.db
    .update(documents)
    .set({
      pagesCompleted: sql`${documents.pagesCompleted} - ${count(ended, 'completed')}`,
      pagesFailed: sql`${documents.pagesFailed} - ${count(ended, 'failed')}`,
      pagesCanceled: sql`${documents.pagesCanceled} - ${count(ended, 'canceled')}`,
    })
    .where(eq(documents.id, row.id));
  await enqueuePageJobs(tx, current, reset);
}

async function resume(tx: TransactionContext, row: DocumentRow): Promise<number> {
  const moved = await moveDocument(tx, row.id, 'processing', {
    run: row.run + 1,
    errorCode: null,
    errorSentence: null,
    finishedAt: null,
  });
  if (!moved) throw new FanfoldError('CONFLICT');
  return moved.run;
}

function resetPages(tx: TransactionContext, ids: string[], seq: number) {
  return tx.db
    .update(pages)
    .set({
      status: 'pending',
      jobId: sql`gen_random_uuid()`,
      attemptToken: null,
      progress: 0,
      errorCode: null,
      errorSentence: null,
      startedAt: null,
      finishedAt: null,
      seq,
    })
    .where(inArray(pages.id, ids))
    .returning({ id: pages.id, number: pages.number, jobId: pages.jobId });
}

/** Where every page was read but the outputs could not be written. */
async function assembleAgain(tx: TransactionContext, row: DocumentRow): Promise<void> {
  const jobId = randomUUID();
  await moveDocument(tx, row.id, 'assembling', { jobId });
  await appendEvent(tx, row.id, 'document.assembling', {});
  await enqueueDocumentJob(tx, 'document.assemble', row, { id: jobId });
}

function count(pages: EndedPage[], status: PageStatus): number {
  return pages.filter((page) => page.status === status).length;
}
