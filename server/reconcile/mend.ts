import { and, eq, inArray, or, sql } from 'drizzle-orm';
import { type DocumentRow, documents, outputs, pages, rereadings } from '#db/schema/index.ts';
import { inTransaction, type SystemContext } from '../context.ts';
import { failDocument, lockDocument, type TransactionContext } from '../documents/internal.ts';
import { isTerminal } from '../documents/status.ts';
import { FanfoldError } from '../errors.ts';
import { requestOutput } from '../outputs/download.ts';
import { requeuePages } from '../pages/requeue.ts';
import type { Finding } from './reconcile.ts';

/** Mends the rows of a document whose objects are missing, and notes in each finding what was done. */
export function mendDocument(
  ctx: SystemContext,
  documentId: string,
  missing: Finding[],
): Promise<void> {
  const of = (kind: Finding['kind']) => missing.filter((finding) => finding.kind === kind);
  return inTransaction(ctx, async (tx) => {
    if (!(await lockDocument(tx, documentId))) return;
    await mendSource(tx, documentId, of('source-missing'));
    await mendLayouts(tx, documentId, of('layout-missing'));
    await mendPictures(tx, documentId, of('picture-missing'));
    await mendOutputs(tx, documentId, of('output-missing'));
    await mendRereadings(tx, documentId, of('rereading-missing'));
  });
}

async function current(tx: TransactionContext, id: string): Promise<DocumentRow> {
  const row = await lockDocument(tx, id);
  if (!row) throw new FanfoldError('NOT_FOUND');
  return row;
}

async function mendSource(tx: TransactionContext, id: string, missing: Finding[]): Promise<void> {
  if (missing.length === 0) return;
  const ended = isTerminal((await current(tx, id)).status);
  await tx.db.update(documents).set({ sourceRemovedAt: sql`now()` }).where(eq(documents.id, id));
  if (!ended) await failDocument(tx, id, new FanfoldError('SOURCE_MISSING'));
  for (const finding of missing) {
    finding.mended = ended ? 'noted: it cannot be read again' : 'failed: SOURCE_MISSING';
  }
}

/** Reads pages again whose layouts are gone; those of a lost file fail. */
async function mendLayouts(tx: TransactionContext, id: string, missing: Finding[]): Promise<void> {
  const row = await current(tx, id);
  if (missing.length === 0 || row.status === 'assembling') return;
  const lost = await tx.db
    .select({ id: pages.id, status: pages.status })
    .from(pages)
    .where(and(eq(pages.documentId, id), eq(pages.status, 'completed'), keyIn(missing)));
  if (lost.length === 0) return;
  await tx.db
    .update(pages)
    .set(NOTHING)
    .where(
      inArray(
        pages.id,
        lost.map((page) => page.id),
      ),
    );
  if (row.sourceRemovedAt) await failPages(tx, row, lost);
  else await requeuePages(tx, row, lost);
  for (const finding of missing) {
    finding.mended = row.sourceRemovedAt ? 'failed: SOURCE_MISSING' : 'read again';
  }
}

const NOTHING = {
  layoutKey: null,
  fingerprint: null,
  imageKey: null,
  thumbnailKey: null,
  text: null,
  confidence: null,
  wordCount: null,
};

async function failPages(
  tx: TransactionContext,
  row: DocumentRow,
  lost: { id: string }[],
): Promise<void> {
  const error = new FanfoldError('SOURCE_MISSING');
  await tx.db
    .update(pages)
    .set({ status: 'failed', errorCode: error.code, errorSentence: error.sentence })
    .where(
      inArray(
        pages.id,
        lost.map((page) => page.id),
      ),
    );
  const left = row.pagesCompleted - lost.length;
  const whole = row.status === 'completed' || row.status === 'partial';
  await tx.db
    .update(documents)
    .set({
      pagesCompleted: left,
      pagesFailed: row.pagesFailed + lost.length,
      ...(whole && { status: left > 0 ? 'partial' : 'failed' }),
      ...(whole && left === 0 && { errorCode: error.code, errorSentence: error.sentence }),
      updatedAt: sql`now()`,
    })
    .where(eq(documents.id, row.id));
}

/** Pictures are drawn again when somebody looks at the page, as long as the file is there. */
async function mendPictures(tx: TransactionContext, id: string, missing: Finding[]): Promise<void> {
  if (missing.length === 0) return;
  await tx.db
    .update(pages)
    .set({ imageKey: null, thumbnailKey: null })
    .where(and(eq(pages.documentId, id), keyIn(missing)));
  for (const finding of missing) finding.mended = 'drawn again when it is looked at';
}

async function mendOutputs(tx: TransactionContext, id: string, missing: Finding[]): Promise<void> {
  const row = await current(tx, id);
  const keys = missing.map(({ key }) => key);
  if (keys.length === 0 || row.status === 'assembling') return;
  const gone = await tx.db
    .delete(outputs)
    .where(and(eq(outputs.documentId, id), inArray(outputs.key, keys)))
    .returning();
  const again = (row.status === 'completed' || row.status === 'partial') && !row.pagesRemovedAt;
  for (const { format, variant } of gone) {
    const owned = { ...tx, ownerId: row.ownerId };
    if (again) await requestOutput(owned, id, { format, variant }, true);
  }
  for (const finding of missing) finding.mended = again ? 'made again' : 'forgotten';
}

/** A second reading that is lost cannot be chosen; the page can be read once more. */
async function mendRereadings(
  tx: TransactionContext,
  documentId: string,
  missing: Finding[],
): Promise<void> {
  const keys = missing.map(({ key }) => key);
  if (keys.length === 0) return;
  const imageKey = sql<string>`${rereadings.images}->>'imageKey'`;
  const thumbnailKey = sql<string>`${rereadings.images}->>'thumbnailKey'`;
  await tx.db
    .update(rereadings)
    .set({ status: 'dropped' })
    .where(
      and(
        eq(rereadings.documentId, documentId),
        eq(rereadings.status, 'done'),
        or(
          inArray(rereadings.layoutKey, keys),
          inArray(imageKey, keys),
          inArray(thumbnailKey, keys),
        ),
      ),
    );
  for (const finding of missing) finding.mended = 'dropped';
}

function keyIn(missing: Finding[]) {
  const keys = missing.map(({ key }) => key);
  return or(
    inArray(pages.layoutKey, keys),
    inArray(pages.imageKey, keys),
    inArray(pages.thumbnailKey, keys),
  );
}
