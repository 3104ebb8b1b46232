import { randomUUID } from 'node:crypto';
import { and, asc, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import { attempts, documents, pages, removals } from '#db/schema/index.ts';
import { inTransaction, type SystemContext } from '../context.ts';
import { FanfoldError } from '../errors.ts';
import { MAX_ATTEMPTS } from '../jobs/catalog.ts';
import { jobIsGone } from '../jobs/gone.ts';
import { sweepOutputs } from '../outputs/sweep.ts';
import { countFailedPage, enqueuePageJobs } from '../pages/internal.ts';
import { sweepRereadings } from '../rereadings/sweep.ts';
import { abortMultipart } from '../storage/presign.ts';
import { appendEvent, failDocument, lockDocument, type TransactionContext } from './internal.ts';
import { UPLOAD_HOURS } from './schemas.ts';

const BATCH = 500;
/** Seconds within which a deletion that was not carried out is not asked for again. */
const ASKED_AGAIN = 600;

/** How many rows each mend touched. */
export type Mended = Record<
  'pages' | 'documents' | 'outputs' | 'rereadings' | 'uploads' | 'removals',
  number
>;

/**
 * Mends what a crash left behind: pages, documents, outputs and second readings whose job is gone,
 * uploads that nobody finished, deletions that were not carried out. Each in its own short transaction; safe to repeat.
 */
export async function sweepDocuments({ ctx }: { ctx: SystemContext }): Promise<Mended> {
  return {
    pages: await sweepPages(ctx),
    documents: await sweepStalled(ctx),
    outputs: await sweepOutputs(ctx),
    rereadings: await sweepRereadings(ctx),
    uploads: await sweepUploads(ctx),
    removals: await sweepRemovals(ctx),
  };
}

const pageJobIsGone = jobIsGone(pages.jobId, ['page.recognize']);
const documentJobIsGone = jobIsGone(documents.jobId, ['document.inspect', 'document.assemble']);

async function sweepPages(ctx: SystemContext): Promise<number> {
  const lost = await ctx.db
    .select({ id: pages.id, documentId: pages.documentId })
    .from(pages)
    .innerJoin(documents, eq(documents.id, pages.documentId))
    .where(
      and(
        eq(documents.status, 'processing'),
        inArray(pages.status, ['pending', 'processing']),
        pageJobIsGone,
      ),
    )
    .orderBy(asc(pages.documentId), asc(pages.number))
    .limit(BATCH);
  for (const page of lost) await inTransaction(ctx, (tx) => mendPage(tx, page));
  return lost.length;
}

async function mendPage(
  tx: TransactionContext,
  lost: { id: string; documentId: string },
): Promise<void> {
  const document = await lockDocument(tx, lost.documentId);
  if (document?.status !== 'processing') return;
  const open = and(
    eq(pages.id, lost.id),
    inArray(pages.status, ['pending', 'processing']),
    pageJobIsGone,
  );
  const [page] = await tx.db.select().from(pages).where(open);
  if (!page) return;
  const error = new FanfoldError('WORKER_CRASHED');
  const givenUp = (await failedAttempts(tx, page.id, document.run)) >= MAX_ATTEMPTS;
  const jobId = randomUUID();
  const data = { page: page.number, code: error.code };
  const seq = await appendEvent(tx, document.id, givenUp ? 'page.failed' : 'page.requeued', data);
  await tx.db
    .update(attempts)
    .set({ outcome: 'failed', errorCode: error.code, finishedAt: sql`now()` })
    .where(and(eq(attempts.pageId, page.id), eq(attempts.outcome, 'running')));
  await tx.db
    .update(pages)
    .set({
      attemptToken: null,
      progress: 0,
      seq,
      ...(givenUp
        ? {
            status: 'failed',
            errorCode: error.code,
            errorSentence: error.sentence,
            finishedAt: sql`now()`,
          }
        : { status: 'pending', jobId }),
    })
    .where(eq(pages.id, page.id));
  if (givenUp) await countFailedPage(tx, document.id);
  else await enqueuePageJobs(tx, document, [{ ...page, jobId }]);
}

/** Tries of the page in this run that cost one: not those that a stopping worker gave back. */
async function failedAttempts(
  tx: TransactionContext,
  pageId: string,
  run: number,
): Promise<number> {
  const [row] = await tx.db
    .select({ count: sql<number>`count(*)::int` })
    .from(attempts)
    .where(
      and(
        eq(attempts.pageId, pageId),
        eq(attempts.run, run),
        inArray(attempts.outcome, ['running', 'failed', 'superseded']),
      ),
    );
  return row?.count ?? 0;
}

async function sweepStalled(ctx: SystemContext): Promise<number> {
  const stalled = await ctx.db
    .select({ id: documents.id })
    .from(documents)
    .where(
      and(inArray(documents.status, ['queued', 'inspecting', 'assembling']), documentJobIsGone),
    )
    .limit(BATCH);
  for (const { id } of stalled) {
    await inTransaction(ctx, async (tx) => {
      await lockDocument(tx, id);
      const [row] = await tx.db
        .select({ id: documents.id })
        .from(documents)
        .where(
          and(
            eq(documents.id, id),
            inArray(documents.status, ['queued', 'inspecting', 'assembling']),
            documentJobIsGone,
          ),
        );
      if (row) await failDocument(tx, id, new FanfoldError('WORKER_CRASHED'));
    });
  }
  return stalled.length;
}

async function sweepUploads(ctx: SystemContext): Promise<number> {
  const abandoned = await ctx.db
    .select()
    .from(documents)
    .where(
      and(
        eq(documents.status, 'awaiting_upload'),
        lt(documents.createdAt, sql`now() - make_interval(hours => ${UPLOAD_HOURS})`),
      ),
    )
    .limit(BATCH);
  for (const row of abandoned) {
    if (row.upload.kind === 'multipart') {
      const upload = { key: row.sourceKey, uploadId: row.upload.uploadId };
      await abortMultipart(ctx.storage, upload).catch(() => undefined);
    }
    await inTransaction(ctx, async (tx) => {
      const locked = await lockDocument(tx, row.id);
      if (locked?.status !== 'awaiting_upload') return;
      await failDocument(tx, row.id, new FanfoldError('UPLOAD_EXPIRED'));
      const rest = { documentId: row.id, prefixes: [row.sourceKey] };
      await tx.jobs.enqueue(tx.db, 'document.prune', rest);
    });
  }
  return abandoned.length;
}

async function sweepRemovals(ctx: SystemContext): Promise<number> {
  const left = await ctx.db
    .select({ documentId: removals.documentId })
    .from(removals)
    .where(
      and(isNull(removals.finishedAt), lt(removals.requestedAt, sql`now() - interval '1 hour'`)),
    )
    .limit(BATCH);
  for (const removal of left) {
    const once = { singletonKey: removal.documentId, singletonSeconds: ASKED_AGAIN };
    await ctx.jobs.enqueue(ctx.db, 'document.remove', removal, once);
  }
  return left.length;
}
