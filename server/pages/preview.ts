import { randomUUID } from 'node:crypto';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { type DocumentRow, documents, pages } from '#db/schema/index.ts';
import { type Context, inTransaction, type SystemContext } from '../context.ts';
import { appendEvent, lockDocument } from '../documents/internal.ts';
import type { drawPagesSchema } from '../documents/schemas.ts';
import type { PageImages } from './complete.ts';

const wanted = (pageId: string) =>
  and(eq(pages.id, pageId), eq(pages.status, 'completed'), isNull(pages.imageKey));

/** Seconds within which a page is not drawn again, however many ask for it. */
const ASKED_AGAIN = 60;

/**
 * Has the pictures made of pages that were completed without one: text that was taken from the file
 * needs none until somebody looks. Each comes with a `page.drawn` event.
 */
export async function requestPreviews({
  ctx,
  input,
}: {
  ctx: Context;
  input: z.output<typeof drawPagesSchema>;
}): Promise<void> {
  const { documentId } = input;
  const rows = await ctx.db
    .select({ id: pages.id, number: pages.number, run: documents.run })
    .from(pages)
    .innerJoin(documents, eq(documents.id, pages.documentId))
    .where(
      and(
        eq(pages.documentId, documentId),
        eq(pages.ownerId, ctx.ownerId),
        inArray(pages.number, input.pages),
        eq(pages.status, 'completed'),
        isNull(pages.imageKey),
      ),
    );
  const jobs = rows.map(({ id: pageId, number: page, run }) => ({
    id: randomUUID(),
    payload: { documentId, ownerId: ctx.ownerId, run, pageId, page },
    priority: -page,
    group: { id: ctx.ownerId },
    singletonKey: pageId,
    singletonSeconds: ASKED_AGAIN,
  }));
  await ctx.jobs.enqueueAll(ctx.db, 'page.preview', jobs);
}

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
