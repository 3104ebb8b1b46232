import { and, desc, eq } from 'drizzle-orm';
import { pages } from '#db/schema/index.ts';
import type { SystemContext } from '../context.ts';
import type { Layout } from './layout.ts';
import { readLayout } from './stored-layout.ts';

/**
 * What was read last of a page of this fingerprint that the owner has; undefined where there is none.
 * Rejects where its layout cannot be had from the object store.
 */
export async function recallLayout({
  ctx,
  input,
  signal,
}: {
  ctx: SystemContext;
  input: { ownerId: string; fingerprint: string };
  signal: AbortSignal;
}): Promise<Layout | undefined> {
  const [page] = await ctx.db
    .select({ layoutKey: pages.layoutKey })
    .from(pages)
    .where(
      and(
        eq(pages.ownerId, input.ownerId),
        eq(pages.fingerprint, input.fingerprint),
        eq(pages.status, 'completed'),
      ),
    )
    .orderBy(desc(pages.finishedAt))
    .limit(1);
  return page?.layoutKey ? readLayout(ctx.storage, page.layoutKey, { signal }) : undefined;
}
