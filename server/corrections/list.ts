import { asc, eq } from 'drizzle-orm';
import { corrections } from '#db/schema/index.ts';
import type { Context } from '../context.ts';
import { getOwnedPage } from '../documents/internal.ts';
import { type CorrectionView, correctionView } from './view.ts';

/** Every correction that was ever made on a page, the earliest first. */
export async function listCorrections({
  ctx,
  input,
}: {
  ctx: Context;
  input: { documentId: string; page: number };
}): Promise<CorrectionView[]> {
  const page = await getOwnedPage(ctx, input.documentId, input.page);
  const rows = await ctx.db
    .select()
    .from(corrections)
    .where(eq(corrections.pageId, page.id))
    .orderBy(asc(corrections.createdAt));
  return rows.map(correctionView);
}
