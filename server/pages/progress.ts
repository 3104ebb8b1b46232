import { and, eq, sql } from 'drizzle-orm';
import { pages } from '#db/schema/index.ts';
import type { SystemContext } from '../context.ts';

/**
 * Notes how far an attempt is, 0–100. False where the page is no longer the attempt's: it was
 * canceled, deleted, or taken over, and the work may stop.
 */
export async function reportProgress({
  ctx,
  input,
}: {
  ctx: SystemContext;
  input: { documentId: string; ownerId: string; pageId: string; token: string; percent: number };
}): Promise<boolean> {
  const { percent, token } = input;
  const before = ctx.db
    .select({ progress: pages.progress })
    .from(pages)
    .where(eq(pages.id, input.pageId));
  const [row] = await ctx.db
    .update(pages)
    .set({ progress: sql`greatest(${pages.progress}, ${Math.round(percent)})` })
    .where(and(eq(pages.id, input.pageId), eq(pages.attemptToken, token)))
    .returning({ advanced: sql<boolean>`${pages.progress} > (${before})` });
  if (row?.advanced) ctx.announcer.note(input);
  return row !== undefined;
}
