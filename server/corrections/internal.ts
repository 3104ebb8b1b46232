import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Executor } from '#db/client.ts';
import { corrections, type DocumentRow, type PageRow, pages } from '#db/schema/index.ts';
import { appendEvent, type TransactionContext } from '../documents/internal.ts';
import { requestRewrite } from '../outputs/rewrite.ts';
import { countConfidences } from '../pages/confidences.ts';
import { type Layout, layoutText, layoutWords } from '../pages/layout.ts';
import { applyCorrections, type Correction } from './apply.ts';

const isActive = and(isNull(corrections.undoneAt), isNull(corrections.replacedBy));

const correctionColumns = {
  id: corrections.id,
  firstWord: corrections.firstWord,
  wordCount: corrections.wordCount,
  box: corrections.box,
  oldText: corrections.oldText,
  newText: corrections.newText,
};

/** The corrections of a page that count, the earliest first. */
export function activeCorrections(db: Executor, pageId: string): Promise<Correction[]> {
  return db
    .select(correctionColumns)
    .from(corrections)
    .where(and(eq(corrections.pageId, pageId), isActive))
    .orderBy(asc(corrections.createdAt));
}

/** Those of a whole document, by page. */
export async function correctionsByPage(
  db: Executor,
  documentId: string,
): Promise<Map<string, Correction[]>> {
  const rows = await db
    .select({ pageId: corrections.pageId, correction: correctionColumns })
    .from(corrections)
    .where(and(eq(corrections.documentId, documentId), isActive))
    .orderBy(asc(corrections.createdAt));
  const pagesOf = new Map<string, Correction[]>();
  for (const { pageId, correction } of rows) {
    const known = pagesOf.get(pageId);
    if (known) known.push(correction);
    else pagesOf.set(pageId, [correction]);
  }
  return pagesOf;
}

/** What a page row holds of its layout, with its corrections. */
export function pageTextOf(layout: Layout, active: Correction[]) {
  const corrected = applyCorrections(layout, active);
  return {
    confidence: corrected.confidence,
    wordCount: layoutWords(corrected).length,
    text: layoutText(corrected),
    confidences: countConfidences(corrected),
    languages: layout.languages.length > 0 ? layout.languages : null,
  };
}

/**
 * Follows a change of a page's corrections: its text at once, the outputs by a job within seconds.
 * The caller holds the document's lock.
 */
export async function pageWasCorrected(
  tx: TransactionContext,
  document: DocumentRow,
  page: PageRow,
  layout: Layout,
): Promise<void> {
  const active = await activeCorrections(tx.db, page.id);
  const seq = await appendEvent(tx, document.id, 'page.corrected', { page: page.number });
  await tx.db
    .update(pages)
    .set({ ...pageTextOf(layout, active), seq })
    .where(eq(pages.id, page.id));
  await requestRewrite(tx, document);
}

/** Ends these corrections in favour of another one; brings them back without one. */
export async function replaceCorrections(
  tx: TransactionContext,
  ids: string[],
  replacedBy: string,
): Promise<void> {
  if (ids.length === 0) return;
  await tx.db.update(corrections).set({ replacedBy }).where(inArray(corrections.id, ids));
}

/** Brings back what a correction had replaced. */
export async function restoreReplaced(tx: TransactionContext, id: string): Promise<void> {
  await tx.db
    .update(corrections)
    .set({ replacedBy: sql`null` })
    .where(eq(corrections.replacedBy, id));
}
