import { randomUUID } from 'node:crypto';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { attempts, type DocumentRow, documents, pages } from '#db/schema/index.ts';
import { inTransaction, type SystemContext } from '../context.ts';
import { changeWithEvent, lockDocument, type TransactionContext } from '../documents/internal.ts';
import type { JobPayload } from '../jobs/catalog.ts';

/** A held page. Writes that carry its token count only while it is the page's own. */
export interface Claim {
  token: string;
  /** From 1. */
  attempt: number;
  document: DocumentRow;
}

/**
 * Takes up a page for one attempt; an attempt that still seemed to run is superseded by it.
 * Undefined where the page has ended, or the document was canceled, deleted or run anew.
 */
export function claimPage({
  ctx,
  input,
}: {
  ctx: SystemContext;
  input: JobPayload<'page.recognize'> & { worker: string };
}): Promise<Claim | undefined> {
  return inTransaction(ctx, async (tx) => {
    const document = await lockDocument(tx, input.documentId);
    if (document?.status !== 'processing' || document.run !== input.run) return undefined;
    const token = randomUUID();
    const [page] = await tx.db
      .update(pages)
      .set({
        status: 'processing',
        attemptToken: token,
        attempts: sql`${pages.attempts} + 1`,
        progress: 0,
        startedAt: sql`now()`,
        seq: document.seq + 1,
      })
      .where(and(eq(pages.id, input.pageId), inArray(pages.status, ['pending', 'processing'])))
      .returning({ attempts: pages.attempts });
    if (!page) return undefined;
    await beginAttempt(tx, input, token, page.attempts);
    return { token, attempt: page.attempts, document };
  });
}

async function beginAttempt(
  tx: TransactionContext,
  input: JobPayload<'page.recognize'> & { worker: string },
  token: string,
  number: number,
): Promise<void> {
  const { documentId, ownerId, pageId, page, run, worker } = input;
  if (number > 1) {
    await tx.db
      .update(attempts)
      .set({ outcome: 'superseded', finishedAt: sql`now()` })
      .where(and(eq(attempts.pageId, pageId), eq(attempts.outcome, 'running')));
  }
  await tx.db
    .insert(attempts)
    .values({ id: token, pageId, documentId, ownerId, number, run, worker });
  const event = { type: 'page.started', data: { page, attempt: number } } as const;
  const startedAt = sql`coalesce(${documents.startedAt}, now())`;
  await changeWithEvent(tx, documentId, event, { startedAt });
}
