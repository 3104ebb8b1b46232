import { and, desc, eq, inArray } from 'drizzle-orm';
import { rereadings } from '#db/schema/index.ts';
import type { Context } from '../context.ts';
import { activeCorrections, pageTextOf } from '../corrections/internal.ts';
import { getOwnedPage } from '../documents/internal.ts';
import type { ErrorCode } from '../errors.ts';
import { readLayout } from '../pages/stored-layout.ts';
import type { RereadOptions } from './schemas.ts';

/** A second reading of a page that nobody has chosen yet. */
export interface RereadingView {
  id: string;
  status: 'pending' | 'done' | 'failed';
  options: RereadOptions;
  /** As the page would read if it were taken: with the corrections whose words stand there, too. */
  text: string | null;
  confidence: number | null;
  wordCount: number | null;
  error: { code: ErrorCode; sentence: string } | null;
}

/** The second reading of a page that waits to be chosen; null where there is none. */
export async function getRereading({
  ctx,
  input,
}: {
  ctx: Context;
  input: { documentId: string; page: number };
}): Promise<RereadingView | null> {
  const page = await getOwnedPage(ctx, input.documentId, input.page);
  const [row] = await ctx.db
    .select()
    .from(rereadings)
    .where(
      and(
        eq(rereadings.pageId, page.id),
        inArray(rereadings.status, ['pending', 'done', 'failed']),
      ),
    )
    .orderBy(desc(rereadings.createdAt))
    .limit(1);
  if (!row) return null;
  const { id, options, layoutKey, confidence, wordCount, errorCode, errorSentence } = row;
  const corrections = layoutKey ? await activeCorrections(ctx.db, page.id) : [];
  const text =
    layoutKey && corrections.length > 0
      ? pageTextOf(await readLayout(ctx.storage, layoutKey), corrections).text
      : row.text;
  return {
    id,
    status: row.status as RereadingView['status'],
    options,
    text,
    confidence,
    wordCount,
    error: errorCode ? { code: errorCode, sentence: errorSentence ?? '' } : null,
  };
}
