import { and, eq, isNull } from 'drizzle-orm';
import { type DocumentRow, documents, pages } from '#db/schema/index.ts';
import { inTransaction, type SystemContext } from '../context.ts';
import { appendEvent, lockDocument } from '../documents/internal.ts';
import type { PageImages } from './complete.ts';

const wanted = (pageId: string) =>
  and(eq(pages.id, pageId), eq(pages.status, 'completed'), isNull(pages.imageKey));

/** The document of a page that was completed without a picture; undefined where none is wanted. */
export async function findPageWithoutPreview({
  ctx,
  input,
}: {
  ctx: SystemContext;
  input: { pageId: string };
}): Promise<DocumentRow | undefined> {
  const [row] = await ctx.db
    .select({ document: documents })
    .from(pages)
    .innerJoin(documents, eq(documents.id, pages.documentId))
    .where(wanted(input.pageId));
  return row?.document;
}

/** Adds the picture of a page that was completed without one. False where it is not wanted now. */
export function addPagePreview({
  ctx,
  input,
}: {
  ctx: SystemContext;
  input: { documentId: string; pageId: string; page: number; images: PageImages };
}): Promise<boolean> {
  return inTransaction(ctx, async (tx) => {
    if (!(await lockDocument(tx, input.documentId))) return false;
    const [page] = await tx.db
      .update(pages)
      .set(input.images)
      .where(wanted(input.pageId))
      .returning({ id: pages.id });
    if (!page) return false;
    const seq = await appendEvent(tx, input.documentId, 'page.drawn', { page: input.page });
    await tx.db.update(pages).set({ seq }).where(eq(pages.id, page.id));
    return true;
  });
}
