import { and, eq, inArray } from 'drizzle-orm';
import { pages, type RereadingRow, rereadings } from '#db/schema/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { activeCorrections, pageTextOf } from '../corrections/internal.ts';
import {
  changeWithEvent,
  lockOwnedDocument,
  type TransactionContext,
} from '../documents/internal.ts';
import { requestTidy } from '../documents/tidy.ts';
import { FanfoldError } from '../errors.ts';
import { requestRewrite } from '../outputs/rewrite.ts';
import { withLanguages } from '../pages/languages.ts';
import { readLayout } from '../pages/stored-layout.ts';
import { pageWasReread } from './internal.ts';

interface Ref {
  documentId: string;
  rereadingId: string;
}

/**
 * Puts a second reading in the place of the first. Corrections stay: those whose words stand where
 * they were count on, the others are shown as not applied. Throws CONFLICT where it was chosen before.
 */
export function takeRereading({ ctx, input }: { ctx: Context; input: Ref }): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    const document = await lockOwnedDocument(tx, input.documentId);
    const row = await settle(tx, input, 'taken', ['done']);
    if (!row.layoutKey) throw chosenBefore();
    const layout = await readLayout(ctx.storage, row.layoutKey);
    const { source, confidence, reason, engine, warnings } = layout;
    const [page] = await tx.db
      .update(pages)
      .set({
        ...pageTextOf(layout, await activeCorrections(tx.db, row.pageId)),
        ...row.images,
        source,
        reason,
        engine,
        warnings,
        usage: row.usage,
        layoutKey: row.layoutKey,
        fingerprint: null,
      })
      .where(and(eq(pages.id, row.pageId), eq(pages.status, 'completed')))
      .returning();
    if (!page) throw chosenBefore();
    const data = { page: page.number, source, confidence };
    const foundLanguages = withLanguages(layout);
    const { seq } = await changeWithEvent(
      tx,
      document.id,
      { type: 'page.completed', data },
      { foundLanguages },
    );
    await tx.db.update(pages).set({ seq }).where(eq(pages.id, page.id));
    await requestRewrite(tx, document);
    await requestTidy(tx, document.id);
  });
}

/** Keeps what a page reads now. Throws CONFLICT where it was chosen before. */
export function dropRereading({ ctx, input }: { ctx: Context; input: Ref }): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    await lockOwnedDocument(tx, input.documentId);
    const row = await settle(tx, input, 'dropped', ['pending', 'done', 'failed']);
    await requestTidy(tx, input.documentId);
    const [page] = await tx.db.select().from(pages).where(eq(pages.id, row.pageId));
    if (!page) return;
    await pageWasReread(tx, input.documentId, [{ pageId: page.id, page: page.number }]);
  });
}

async function settle(
  tx: TransactionContext,
  { documentId, rereadingId }: Ref,
  status: RereadingRow['status'],
  before: RereadingRow['status'][],
): Promise<RereadingRow> {
  const [row] = await tx.db
    .update(rereadings)
    .set({ status })
    .where(
      and(
        eq(rereadings.id, rereadingId),
        eq(rereadings.documentId, documentId),
        inArray(rereadings.status, before),
      ),
    )
    .returning();
  if (!row) throw chosenBefore();
  return row;
}

function chosenBefore(): FanfoldError {
  return new FanfoldError('CONFLICT', { sentence: 'This was chosen, or read again, meanwhile.' });
}
