import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { corrections, type PageRow } from '#db/schema/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { getOwnedPage, lockOwnedDocument } from '../documents/internal.ts';
import { FanfoldError } from '../errors.ts';
import { layoutVersion, readLayout } from '../pages/stored-layout.ts';
import { traceCorrections } from './apply.ts';
import { activeCorrections, pageWasCorrected, replaceCorrections } from './internal.ts';
import { changedMeanwhile, planCorrection } from './plan.ts';
import type { correctWordsSchema } from './schemas.ts';
import { type CorrectionView, correctionView } from './view.ts';

/**
 * Corrects words of one line of a page, confirms them, or removes them. Throws CONFLICT where the page
 * was read anew or the words were changed since the caller saw them.
 */
export async function correctWords({
  ctx,
  input,
}: {
  ctx: Context;
  input: z.output<typeof correctWordsSchema>;
}): Promise<CorrectionView> {
  const seen = await getOwnedPage(ctx, input.documentId, input.page);
  const layoutKey = readKey(seen);
  if (layoutVersion(layoutKey) !== input.layout) throw changedMeanwhile();
  const layout = await readLayout(ctx.storage, layoutKey);
  return inTransaction(ctx, async (tx) => {
    const document = await lockOwnedDocument(tx, input.documentId);
    const page = await getOwnedPage(tx, input.documentId, input.page);
    if (page.layoutKey !== layoutKey || page.status !== 'completed') throw changedMeanwhile();
    const traced = traceCorrections(layout, await activeCorrections(tx.db, page.id));
    const { replaces, ...change } = planCorrection(traced, input);
    const id = randomUUID();
    await replaceCorrections(tx, replaces, id);
    const [row] = await tx.db
      .insert(corrections)
      .values({
        id,
        documentId: document.id,
        pageId: page.id,
        ownerId: ctx.ownerId,
        authorId: ctx.ownerId,
        layoutKey,
        ...change,
      })
      .returning();
    if (!row) throw new FanfoldError('INTERNAL');
    await pageWasCorrected(tx, document, page, layout);
    return correctionView(row);
  });
}

/** The key of what was read of the page. Throws CONFLICT for a page that is not read. */
function readKey({ status, layoutKey }: PageRow): string {
  if (status === 'completed' && layoutKey) return layoutKey;
  throw new FanfoldError('CONFLICT', { sentence: 'The page is not read yet.' });
}
