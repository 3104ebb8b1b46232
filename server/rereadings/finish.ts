import { and, eq, sql } from 'drizzle-orm';
import { type DocumentRow, documents, type RereadingRow, rereadings } from '#db/schema/index.ts';
import { inTransaction, type SystemContext } from '../context.ts';
import { lockDocument, type TransactionContext } from '../documents/internal.ts';
import type { FanfoldError } from '../errors.ts';
import type { JobPayload } from '../jobs/catalog.ts';
import type { PageImages } from '../pages/complete.ts';
import { type Layout, layoutText, layoutWords } from '../pages/layout.ts';
import type { Usage } from '../pages/usage.ts';
import { pageWasReread } from './internal.ts';

type Job = JobPayload<'page.reread'>;
type Place = Pick<Job, 'documentId' | 'pageId' | 'page' | 'rereadingId'>;

/** What is to be read again, and how. Undefined where nobody waits for it any more. */
export async function findRereading({
  ctx,
  input,
}: {
  ctx: SystemContext;
  input: Job;
}): Promise<{ document: DocumentRow; rereading: RereadingRow } | undefined> {
  const [row] = await ctx.db
    .select({ document: documents, rereading: rereadings })
    .from(rereadings)
    .innerJoin(documents, eq(documents.id, rereadings.documentId))
    .where(and(eq(rereadings.id, input.rereadingId), eq(rereadings.status, 'pending')));
  return row;
}

/** Keeps a second reading, whose objects are stored, for someone to choose. */
export function finishRereading({
  ctx,
  input,
}: {
  ctx: SystemContext;
  input: Job & {
    layout: Layout;
    layoutKey: string;
    images: PageImages | null;
    usage: Usage | null;
  };
}): Promise<boolean> {
  const { layout, layoutKey, images, usage } = input;
  return settle(ctx, input, {
    status: 'done',
    layoutKey,
    images,
    usage,
    text: layoutText(layout),
    confidence: layout.confidence,
    wordCount: layoutWords(layout).length,
  });
}

export function failRereading({
  ctx,
  input,
}: {
  ctx: SystemContext;
  input: Place & { error: FanfoldError };
}): Promise<boolean> {
  const { code, sentence } = input.error;
  return settle(ctx, input, { status: 'failed', errorCode: code, errorSentence: sentence });
}

function settle(ctx: SystemContext, job: Place, changes: Partial<RereadingRow>): Promise<boolean> {
  return inTransaction(ctx, async (tx: TransactionContext) => {
    if (!(await lockDocument(tx, job.documentId))) return false;
    const [row] = await tx.db
      .update(rereadings)
      .set({ ...changes, finishedAt: sql`now()` })
      .where(and(eq(rereadings.id, job.rereadingId), eq(rereadings.status, 'pending')))
      .returning({ id: rereadings.id });
    if (row) await pageWasReread(tx, job.documentId, [job]);
    return row !== undefined;
  });
}
