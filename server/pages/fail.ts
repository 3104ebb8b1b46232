import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { attempts, pages } from '#db/schema/index.ts';
import { inTransaction, type SystemContext } from '../context.ts';
import { appendEvent, lockDocument, type TransactionContext } from '../documents/internal.ts';
import type { FanfoldError } from '../errors.ts';
import type { HeldPage } from './complete.ts';
import { countFailedPage, enqueuePageJobs } from './internal.ts';

/**
 * Ends an attempt that failed. `final` gives the page up; else it goes back to pending, and the job
 * queue tries again later. False where the page is no longer the attempt's.
 */
export function failPage({
  ctx,
  input,
}: {
  ctx: SystemContext;
  input: HeldPage & { error: FanfoldError; final: boolean };
}): Promise<boolean> {
  const { error, final } = input;
  return inTransaction(ctx, async (tx) => {
    if (!(await lockDocument(tx, input.documentId))) return false;
    if (!(await letGo(tx, input, final ? error : undefined))) return false;
    await tx.db
      .update(attempts)
      .set({
        outcome: 'failed',
        errorCode: error.code,
        errorDetail: error.message,
        finishedAt: sql`now()`,
      })
      .where(eq(attempts.id, input.token));
    const data = { page: input.page, code: error.code };
    const seq = await appendEvent(
      tx,
      input.documentId,
      final ? 'page.failed' : 'page.requeued',
      data,
    );
    await tx.db.update(pages).set({ seq }).where(eq(pages.id, input.pageId));
    if (final) await countFailedPage(tx, input.documentId);
    return true;
  });
}

/**
 * Gives a page back without using up an attempt, as a worker does that stops: a fresh job takes its
 * place. False where the page is no longer the attempt's.
 */
export function releasePage({
  ctx,
  input,
}: {
  ctx: SystemContext;
  input: HeldPage;
}): Promise<boolean> {
  return inTransaction(ctx, async (tx) => {
    const document = await lockDocument(tx, input.documentId);
    if (!document || !(await letGo(tx, input, undefined))) return false;
    await tx.db
      .update(attempts)
      .set({ outcome: 'released', finishedAt: sql`now()` })
      .where(eq(attempts.id, input.token));
    const data = { page: input.page, code: null };
    const seq = await appendEvent(tx, document.id, 'page.requeued', data);
    const jobId = randomUUID();
    await tx.db.update(pages).set({ seq, jobId }).where(eq(pages.id, input.pageId));
    const target = { id: input.pageId, number: input.page, jobId };
    await enqueuePageJobs(tx, document, [target]);
    return true;
  });
}

async function letGo(
  tx: TransactionContext,
  held: HeldPage,
  error: FanfoldError | undefined,
): Promise<boolean> {
  const ended = error && {
    errorCode: error.code,
    errorSentence: error.sentence,
    finishedAt: sql`now()`,
  };
  const rows = await tx.db
    .update(pages)
    .set({ status: error ? 'failed' : 'pending', attemptToken: null, progress: 0, ...ended })
    .where(and(eq(pages.id, held.pageId), eq(pages.attemptToken, held.token)))
    .returning({ id: pages.id });
  return rows.length > 0;
}
