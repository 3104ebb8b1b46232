import { and, eq, inArray, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { Transaction } from '#db/client.ts';
import { type DocumentRow, documents, events, type PageRow, pages } from '#db/schema/index.ts';
import type { Context, SystemContext } from '../context.ts';
import { FanfoldError } from '../errors.ts';
import { fairPriorities } from '../jobs/fair-share.ts';
import type { EventMap, EventType } from './events.ts';
import { type DocumentStatus, isTerminal, statesBefore } from './status.ts';
import { requestTidy } from './tidy.ts';

export type TransactionContext = SystemContext & { db: Transaction };

/** The owner's document; somebody else's is as absent as one that never was. */
export async function getOwnedDocument(ctx: Context, documentId: string): Promise<DocumentRow> {
  const [row] = await ctx.db
    .select()
    .from(documents)
    .where(and(eq(documents.id, documentId), eq(documents.ownerId, ctx.ownerId)));
  if (!row) throw new FanfoldError('NOT_FOUND');
  return row;
}

/**
 * Locks the document until the transaction ends. Every verb that writes locks the document before
 * its pages, so that they never wait for each other in a ring.
 */
export async function lockDocument(
  ctx: TransactionContext,
  documentId: string,
): Promise<DocumentRow | undefined> {
  const [row] = await ctx.db
    .select()
    .from(documents)
    .where(eq(documents.id, documentId))
    .for('update');
  return row;
}

export async function lockOwnedDocument(
  ctx: Context & { db: Transaction },
  documentId: string,
): Promise<DocumentRow> {
  const row = await lockDocument(ctx, documentId);
  if (!row || row.ownerId !== ctx.ownerId) throw new FanfoldError('NOT_FOUND');
  return row;
}

export async function getOwnedPage(
  ctx: Context,
  documentId: string,
  page: number,
): Promise<PageRow> {
  const [row] = await ctx.db
    .select()
    .from(pages)
    .where(
      and(eq(pages.documentId, documentId), eq(pages.number, page), eq(pages.ownerId, ctx.ownerId)),
    );
  if (!row) throw new FanfoldError('NOT_FOUND', { sentence: 'There is no such page.' });
  return row;
}

type DocumentChanges = PgUpdateSetSource<typeof documents>;

/** Moves the document along its transition table; undefined where it is in another state by now. */
export async function moveDocument(
  ctx: TransactionContext,
  documentId: string,
  status: DocumentStatus,
  changes: DocumentChanges = {},
): Promise<DocumentRow | undefined> {
  const [row] = await ctx.db
    .update(documents)
    .set({ ...changes, status, updatedAt: sql`now()` })
    .where(and(eq(documents.id, documentId), inArray(documents.status, statesBefore(status))))
    .returning();
  if (row && isTerminal(status)) await requestTidy(ctx, documentId);
  return row;
}

/** Appends an event under the document's row lock and returns its number. */
export async function appendEvent<T extends EventType>(
  ctx: TransactionContext,
  documentId: string,
  type: T,
  data: EventMap[T],
): Promise<number> {
  return (await changeWithEvent(ctx, documentId, { type, data }, {})).seq;
}

/** Changes the document and appends the event that tells of it, in one statement; the row after it. */
export async function changeWithEvent<T extends EventType>(
  ctx: TransactionContext,
  documentId: string,
  { type, data }: { type: T; data: EventMap[T] },
  changes: DocumentChanges,
): Promise<DocumentRow> {
  const changed = ctx.db.$with('changed').as(
    ctx.db
      .update(documents)
      .set({ ...changes, seq: sql`${documents.seq} + 1`, updatedAt: sql`now()` })
      .where(eq(documents.id, documentId))
      .returning(),
  );
  const told = sql`insert into ${events} (document_id, seq, owner_id, type, data)
    select id, seq, owner_id, ${type}, ${JSON.stringify(data)}::jsonb from changed`;
  const [row] = await ctx.db
    .with(changed, ctx.db.$with('told', {}).as(told))
    .select()
    .from(changed);
  if (!row) throw new FanfoldError('NOT_FOUND');
  ctx.announcer.note({ ownerId: row.ownerId, documentId });
  return row;
}

/** Pages up to which a document's outputs are made beside those of a long one. */
const SHORT_PAGES = 20;

/** Queues the job that opens a document or folds it, under the id that its row names. */
export async function enqueueDocumentJob(
  ctx: TransactionContext,
  name: 'document.inspect' | 'document.assemble',
  row: DocumentRow,
  job: { id: string; startAfter?: Date },
): Promise<void> {
  const [priority = 0] = await fairPriorities(ctx.db, name, row, 1);
  const size = (row.pageCount ?? 0) > SHORT_PAGES ? 'long' : 'short';
  const payload = { documentId: row.id, ownerId: row.ownerId, run: row.run };
  const options = { ...job, priority, group: { id: `${row.ownerId}/${size}` } };
  await ctx.jobs.enqueue(ctx.db, name, payload, options);
}

/** Ends the document with an error, whatever it was doing. */
export async function failDocument(
  ctx: TransactionContext,
  documentId: string,
  error: FanfoldError,
): Promise<void> {
  const moved = await moveDocument(ctx, documentId, 'failed', {
    errorCode: error.code,
    errorSentence: error.sentence,
    finishedAt: sql`now()`,
  });
  if (moved) await appendEvent(ctx, documentId, 'document.failed', { code: error.code });
}
