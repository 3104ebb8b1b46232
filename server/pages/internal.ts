import { randomUUID } from 'node:crypto';
import { and, asc, eq, sql } from 'drizzle-orm';
import { type DocumentRow, documents, pages } from '#db/schema/index.ts';
import {
  appendEvent,
  enqueueDocumentJob,
  failDocument,
  moveDocument,
  type TransactionContext,
} from '../documents/internal.ts';
import { FanfoldError } from '../errors.ts';
import { fairPriorities } from '../jobs/fair-share.ts';

/**
 * Queues page jobs under the ids that their rows already name. Lower page numbers go first, so that
 * text streams in reading order.
 */
export async function enqueuePageJobs(
  tx: TransactionContext,
  document: Pick<DocumentRow, 'id' | 'ownerId' | 'run' | 'priority'>,
  targets: { id: string; number: number; jobId: string }[],
): Promise<void> {
  const places = await fairPriorities(tx.db, 'page.recognize', document, targets.length);
  const inOrder = targets.toSorted((one, other) => one.number - other.number);
  const jobs = inOrder.map(({ id: pageId, number: page, jobId }, index) => ({
    id: jobId,
    priority: places[index] ?? 0,
    group: { id: document.ownerId },
    payload: {
      documentId: document.id,
      ownerId: document.ownerId,
      run: document.run,
      pageId,
      page,
    },
  }));
  await tx.jobs.enqueueAll(tx.db, 'page.recognize', jobs);
}

/** Counts a page that has just been given up. The caller holds the document's lock. */
export async function countFailedPage(tx: TransactionContext, documentId: string): Promise<void> {
  const [row] = await tx.db
    .update(documents)
    .set({ pagesFailed: sql`${documents.pagesFailed} + 1` })
    .where(eq(documents.id, documentId))
    .returning();
  if (row) await foldIfEnded(tx, row);
}

/**
 * Folds a document whose last page has just ended: on to the outputs, or to its end where no page
 * could be read. The caller holds the document's lock and has counted the page.
 */
export async function foldIfEnded(tx: TransactionContext, row: DocumentRow): Promise<void> {
  if (row.status !== 'processing') return;
  const ended = row.pagesCompleted + row.pagesFailed + row.pagesCanceled;
  if (ended < (row.pageCount ?? Number.POSITIVE_INFINITY)) return;
  if (row.pagesCompleted === 0) return failUnread(tx, row);
  const jobId = randomUUID();
  await moveDocument(tx, row.id, 'assembling', { jobId });
  await appendEvent(tx, row.id, 'document.assembling', {});
  await enqueueDocumentJob(tx, 'document.assemble', row, { id: jobId });
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
