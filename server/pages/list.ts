import { and, asc, eq, getTableColumns, gt, lte } from 'drizzle-orm';
import type { z } from 'zod';
import { pages } from '#db/schema/index.ts';
import type { Context } from '../context.ts';
import { getOwnedDocument, getOwnedPage } from '../documents/internal.ts';
import type { listPagesSchema } from '../documents/schemas.ts';
import { type PageView, pageView } from './view.ts';

const { text: _text, ...summaryColumns } = getTableColumns(pages);

/** The pages of a document by number, without their text. */
export async function listPages({
  ctx,
  input,
}: {
  ctx: Context;
  input: z.output<typeof listPagesSchema>;
}): Promise<PageView[]> {
  await getOwnedDocument(ctx, input.documentId);
  return changedPages(ctx, input.documentId, { after: input.after });
}

export interface PagePortion {
  /** Only pages that changed after this event, and up to that one. */
  after: number;
  upTo?: number;
  /** Only pages after this number, and so many of them. */
  from?: number;
  limit?: number;
}

export async function changedPages(
  ctx: Context,
  documentId: string,
  { after, upTo, from, limit }: PagePortion,
): Promise<PageView[]> {
  const query = ctx.db
    .select(summaryColumns)
    .from(pages)
    .where(
      and(
        eq(pages.documentId, documentId),
        eq(pages.ownerId, ctx.ownerId),
        after > 0 ? gt(pages.seq, after) : undefined,
        upTo === undefined ? undefined : lte(pages.seq, upTo),
        from === undefined ? undefined : gt(pages.number, from),
      ),
    )
    .orderBy(asc(pages.number));
  const rows = await (limit === undefined ? query : query.limit(limit));
  return rows.map(pageView);
}

/** How far the pages are that are being read. */
export function runningPages(
  ctx: Context,
  documentId: string,
): Promise<{ number: number; progress: number }[]> {
  return ctx.db
    .select({ number: pages.number, progress: pages.progress })
    .from(pages)
    .where(
      and(
        eq(pages.documentId, documentId),
        eq(pages.ownerId, ctx.ownerId),
        eq(pages.status, 'processing'),
      ),
    )
    .orderBy(asc(pages.number));
}

export interface PageText {
  number: number;
  text: string;
  seq: number;
}

/** The text of one page; empty until it was read. */
export async function getPageText({
  ctx,
  input,
}: {
  ctx: Context;
  input: { documentId: string; page: number };
}): Promise<PageText> {
  const row = await getOwnedPage(ctx, input.documentId, input.page);
  return { number: row.number, text: row.text ?? '', seq: row.seq };
}
