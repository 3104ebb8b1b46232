import { randomUUID } from 'node:crypto';
import { and, asc, eq, sql } from 'drizzle-orm';
import { type DocumentRow, documents, pages } from '#db/schema/index.ts';
import {
  appendEvent,
  failDocument,
  moveDocument,
  type TransactionContext,
} from '../documents/internal.ts';
import { FanfoldError } from '../errors.ts';

/**
 * Queues page jobs under the ids that their rows already name. Lower page numbers go first: text
 * streams in reading order, a page that a dead worker left comes next, and a short document is not
 * kept waiting by the far pages of a long one.
 */
export async function enqueuePageJobs(
  tx: TransactionContext,
  name: 'page.recognize' | 'page.preview',
  document: { id: string; ownerId: string; run: number },
  targets: { id: string; number: number; jobId: string }[],
): Promise<void> {
  const jobs = targets.map(({ id: pageId, number: page, jobId }) => ({
    id: jobId,
    priority: -page,
    payload: {
      documentId: document.id,
      ownerId: document.ownerId,
      run: document.run,
      pageId,
      page,
    },
  }));
  await tx.jobs.enqueueAll(tx.db, name, jobs);
}

/**
 * Counts a page that has just ended and, when it was the last, folds the document: on to the
 * outputs, or to its end where no page could be read. The caller holds the document's lock.
 */
export async function countEndedPage(
  tx: TransactionContext,
  documentId: string,
  outcome: 'completed' | 'failed',
): Promise<void> {
  const column = outcome === 'completed' ? 'pagesCompleted' : 'pagesFailed';
  const [row] = await tx.db
    .update(documents)
    .set({ [column]: sql`${documents[column]} + 1` })
    .where(eq(documents.id, documentId))
    .returning();
  if (row?.status !== 'processing') return;
  const ended = row.pagesCompleted + row.pagesFailed + row.pagesCanceled;
  if (ended < (row.pageCount ?? Number.POSITIVE_INFINITY)) return;
  if (row.pagesCompleted === 0) return failUnread(tx, row);
  const jobId = randomUUID();
  await moveDocument(tx, row.id, 'assembling', { jobId });
  await appendEvent(tx, row.id, 'document.assembling', {});
  const payload = { documentId: row.id, ownerId: row.ownerId, run: row.run };
  await tx.jobs.enqueue(tx.db, 'document.assemble', payload, { id: jobId });
}

async function failUnread(tx: TransactionContext, row: DocumentRow): Promise<void> {
  const [first] = await tx.db
    .select({ code: pages.errorCode, sentence: pages.errorSentence })
    .from(pages)
    .where(and(eq(pages.documentId, row.id), eq(pages.status, 'failed')))
    .orderBy(asc(pages.number))
    .limit(1);
  const { code, sentence } = first ?? { code: null, sentence: null };
  await failDocument(
    tx,
    row.id,
    new FanfoldError(code ?? 'INTERNAL', sentence ? { sentence } : {}),
  );
}
