import { desc, eq, sql } from 'drizzle-orm';
import { documents } from '#db/schema/index.ts';
import type { Context } from '../context.ts';

const MOST = 200;

/** The tags of the owner's documents with how many bear each, the commonest first. */
export async function listTags({
  ctx,
}: {
  ctx: Context;
}): Promise<{ tag: string; documents: number }[]> {
  const tag = sql<string>`unnest(${documents.tags})`;
  const count = sql<number>`count(*)::int`;
  return ctx.db
    .select({ tag, documents: count })
    .from(documents)
    .where(eq(documents.ownerId, ctx.ownerId))
    .groupBy(tag)
    .orderBy(desc(count), tag)
    .limit(MOST);
}
