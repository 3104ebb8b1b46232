import { and, eq, isNull, sql } from 'drizzle-orm';
import { corrections, pages } from '#db/schema/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { lockOwnedDocument } from '../documents/internal.ts';
import { FanfoldError } from '../errors.ts';
import { readLayout } from '../pages/stored-layout.ts';
import { pageWasCorrected, restoreReplaced } from './internal.ts';
import { type CorrectionView, correctionView } from './view.ts';

/**
 * Takes a correction back; what it had replaced counts again. Throws CONFLICT for one that no longer
 * counts.
 */
export async function undoCorrection({
  ctx,
  input,
}: {
  ctx: Context;
  input: { documentId: string; correctionId: string };
}): Promise<CorrectionView> {
  return inTransaction(ctx, async (tx) => {
    const document = await lockOwnedDocument(tx, input.documentId);
    const [row] = await tx.db
      .update(corrections)
      .set({ undoneAt: sql`now()` })
      .where(
        and(
          eq(corrections.id, input.correctionId),
          eq(corrections.documentId, document.id),
          isNull(corrections.undoneAt),
          isNull(corrections.replacedBy),
        ),
      )
      .returning();
    if (!row) {
      throw new FanfoldError('CONFLICT', { sentence: 'This correction was changed meanwhile.' });
    }
    await restoreReplaced(tx, row.id);
    const [page] = await tx.db.select().from(pages).where(eq(pages.id, row.pageId));
    if (page?.layoutKey && page.status === 'completed') {
      await pageWasCorrected(tx, document, page, await readLayout(ctx.storage, page.layoutKey));
    }
    return correctionView(row);
  });
}
