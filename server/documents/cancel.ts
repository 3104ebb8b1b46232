import { and, eq, inArray, sql } from 'drizzle-orm';
import { attempts, documents, pages } from '#db/schema/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { FanfoldError } from '../errors.ts';
import { appendEvent, getOwnedDocument, lockOwnedDocument, moveDocument } from './internal.ts';
import { isTerminal } from './status.ts';
import { type DocumentView, documentView } from './view.ts';

/**
 * Stops a document: no further page starts, running ones are killed within seconds, what was read
 * stays. A document that was canceled already answers the same; another end is a CONFLICT.
 */
export async function cancelDocument({
  ctx,
  input,
}: {
  ctx: Context;
  input: { documentId: string };
}): Promise<DocumentView> {
  await inTransaction(ctx, async (tx) => {
    const row = await lockOwnedDocument(tx, input.documentId);
    if (row.status === 'canceled') return;
    if (isTerminal(row.status)) {
      throw new FanfoldError('CONFLICT', { sentence: 'The document has already ended.' });
    }
    const seq = await appendEvent(tx, row.id, 'document.canceled', {});
    const stopped = await tx.db
      .update(pages)
      .set({ status: 'canceled', attemptToken: null, seq, finishedAt: sql`now()` })
      .where(and(eq(pages.documentId, row.id), inArray(pages.status, ['pending', 'processing'])))
      .returning({ id: pages.id });
    await tx.db
      .update(attempts)
      .set({ outcome: 'canceled', finishedAt: sql`now()` })
      .where(and(eq(attempts.documentId, row.id), eq(attempts.outcome, 'running')));
    await moveDocument(tx, row.id, 'canceled', {
      pagesCanceled: sql`${documents.pagesCanceled} + ${stopped.length}`,
      finishedAt: sql`now()`,
    });
  });
  return documentView(await getOwnedDocument(ctx, input.documentId));
}
