import { and, eq, getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import { type DocumentRow, documents, events, pages } from '#db/schema/index.ts';
import type { SystemContext } from '../context.ts';
import type { EventType } from '../documents/events.ts';

interface PageChange {
  documentId: string;
  pageId: string;
  /** What has to hold of the document, once it is locked, and of the page; else nothing is changed. */
  documentIs?: SQL | undefined;
  pageIs: SQL | undefined;
  page: PgUpdateSetSource<typeof pages>;
  document?: PgUpdateSetSource<typeof documents>;
  /** Statements on its attempts, which see what was changed as `page` with its `id` and `attempts`. */
  attempts?: SQL[];
  /** `data` is JSON and sees `page`, too. */
  event: { type: EventType; data: SQL };
}

/**
 * Changes a page and its document and appends the event that tells of it, in one statement: nothing
 * goes to and fro between process and database while the document is locked, on which all its other
 * pages wait. Undefined where nothing was changed.
 */
export async function changePage(
  { db, announcer }: SystemContext,
  change: PageChange,
): Promise<{ document: DocumentRow; attempts: number } | undefined> {
  const { documentId, pageId } = change;
  const locked = db.$with('locked').as(
    db
      .select({ seq: documents.seq })
      .from(documents)
      .where(and(eq(documents.id, documentId), change.documentIs))
      .for('update'),
  );
  const page = db.$with('page').as(
    db
      .update(pages)
      .set({ ...change.page, seq: sql`${locked.seq} + 1` })
      .from(locked)
      .where(and(eq(pages.id, pageId), change.pageIs))
      .returning({ id: pages.id, attempts: pages.attempts }),
  );
  const changed = db.$with('changed').as(
    db
      .update(documents)
      .set({ ...change.document, seq: sql`${documents.seq} + 1`, updatedAt: sql`now()` })
      .from(page)
      .where(eq(documents.id, documentId))
      .returning(getTableColumns(documents)),
  );
  const told = db.$with('told', {}).as(sql`
    insert into ${events} (document_id, seq, owner_id, type, data)
    select changed.id, changed.seq, changed.owner_id, ${change.event.type}, ${change.event.data}
    from changed cross join page`);
  const attempts = (change.attempts ?? []).map((statement, index) =>
    db.$with(`attempts_${index}`, {}).as(statement),
  );
  const [row] = await db
    .with(locked, page, changed, told, ...attempts)
    .select()
    .from(changed)
    .crossJoin(page);
  if (!row) return undefined;
  announcer.note({ ownerId: row.changed.ownerId, documentId });
  return { document: row.changed, attempts: row.page.attempts };
}
