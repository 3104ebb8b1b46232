import { and, eq, inArray } from 'drizzle-orm';
import { pages, rereadings } from '#db/schema/index.ts';
import { appendEvent, type TransactionContext } from '../documents/internal.ts';

/** Tells watchers that there is something new about a second reading of these pages. */
export async function pageWasReread(
  tx: TransactionContext,
  documentId: string,
  changed: { pageId: string; page: number }[],
): Promise<void> {
  for (const { pageId, page } of changed) {
    const seq = await appendEvent(tx, documentId, 'page.reread', { page });
    await tx.db.update(pages).set({ seq }).where(eq(pages.id, pageId));
  }
}

/** Second readings of these pages that nobody chose. */
export async function dropOpen(tx: TransactionContext, pageIds: string[]): Promise<void> {
  await tx.db
    .update(rereadings)
    .set({ status: 'dropped' })
    .where(
      and(
        inArray(rereadings.pageId, pageIds),
        inArray(rereadings.status, ['pending', 'done', 'failed']),
      ),
    );
}
