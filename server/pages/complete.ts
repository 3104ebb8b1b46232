import { and, eq, sql } from 'drizzle-orm';
import { attempts, documents, pages } from '#db/schema/index.ts';
import { inTransaction, type SystemContext } from '../context.ts';
import { activeCorrections, pageTextOf } from '../corrections/internal.ts';
import {
  appendEvent,
  changeWithEvent,
  lockDocument,
  type TransactionContext,
} from '../documents/internal.ts';
import { foldIfEnded } from './internal.ts';
import { withLanguages } from './languages.ts';
import type { Layout } from './layout.ts';
import type { Usage } from './usage.ts';

export interface HeldPage {
  documentId: string;
  pageId: string;
  page: number;
  token: string;
}

export interface PageImages {
  imageKey: string;
  thumbnailKey: string;
  /** Pixels. */
  imageWidth: number;
  imageHeight: number;
}

/** Shows a page's picture before it is read. False where the page is no longer the attempt's. */
export function notePageImages({
  ctx,
  input,
}: {
  ctx: SystemContext;
  input: HeldPage & { images: PageImages };
}): Promise<boolean> {
  return inTransaction(ctx, async (tx) => {
    if (!(await lockDocument(tx, input.documentId))) return false;
    const [page] = await tx.db
      .update(pages)
      .set(input.images)
      .where(and(eq(pages.id, input.pageId), eq(pages.attemptToken, input.token)))
      .returning({ id: pages.id });
    if (!page) return false;
    const seq = await appendEvent(tx, input.documentId, 'page.drawn', { page: input.page });
    await tx.db.update(pages).set({ seq }).where(eq(pages.id, page.id));
    return true;
  });
}

/**
 * Ends a page with its layout, which is already stored under `layoutKey`: the page, the document's
 * counters, the event and, for the last page, the assemble job in one transaction. False where the
 * page is no longer the attempt's; then nothing is written.
 */
export function completePage({
  ctx,
  input,
}: {
  ctx: SystemContext;
  input: HeldPage & {
    layout: Layout;
    layoutKey: string;
    usage?: Usage | null;
    timings: Record<string, number>;
  };
}): Promise<boolean> {
  const { layout, layoutKey } = input;
  return inTransaction(ctx, async (tx) => {
    const document = await lockDocument(tx, input.documentId);
    if (!document) return false;
    const corrections = await activeCorrections(tx.db, input.pageId);
    const [page] = await tx.db
      .update(pages)
      .set({
        ...pageTextOf(layout, corrections),
        status: 'completed',
        source: layout.source,
        reason: layout.reason,
        attemptToken: null,
        progress: 100,
        engine: layout.engine,
        usage: input.usage ?? null,
        warnings: layout.warnings,
        layoutKey,
        errorCode: null,
        errorSentence: null,
        finishedAt: sql`now()`,
        seq: document.seq + 1,
      })
      .where(and(eq(pages.id, input.pageId), eq(pages.attemptToken, input.token)))
      .returning({ id: pages.id });
    if (!page) return false;
    await endAttempt(tx, input);
    const { source, confidence } = layout;
    const data = { page: input.page, source, confidence };
    const event = { type: 'page.completed', data } as const;
    const pagesCompleted = sql`${documents.pagesCompleted} + 1`;
    const foundLanguages = withLanguages(layout);
    const changes = { pagesCompleted, foundLanguages };
    await foldIfEnded(tx, await changeWithEvent(tx, document.id, event, changes));
    return true;
  });
}

async function endAttempt(
  tx: TransactionContext,
  input: { token: string; timings: Record<string, number> },
): Promise<void> {
  await tx.db
    .update(attempts)
    .set({ outcome: 'completed', timings: input.timings, finishedAt: sql`now()` })
    .where(eq(attempts.id, input.token));
}
