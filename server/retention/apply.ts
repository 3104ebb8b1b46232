import { and, eq, inArray, isNotNull, type SQL, sql } from 'drizzle-orm';
import { type DocumentRow, documents, outputs, pages } from '#db/schema/index.ts';
import { inTransaction, type SystemContext } from '../context.ts';
import { lockDocument, type TransactionContext } from '../documents/internal.ts';
import { deleteDocument } from '../documents/remove.ts';
import { isTerminal, TERMINAL_DOCUMENT_STATUSES } from '../documents/status.ts';
import { pagesPrefix } from '../storage/keys.ts';

/** What of a document has days of its own. */
const RETAINED = ['source', 'pages', 'outputs'] as const;
export type Retained = (typeof RETAINED)[number];

const SETTINGS = {
  source: 'RETENTION_SOURCE_DAYS',
  pages: 'RETENTION_PAGES_DAYS',
  outputs: 'RETENTION_OUTPUTS_DAYS',
} as const;

const REMOVED_AT = {
  source: documents.sourceRemovedAt,
  pages: documents.pagesRemovedAt,
  outputs: documents.outputsRemovedAt,
} as const;

const BATCH = 200;

/** Documents of which something was removed, and those that are gone with it. */
export interface Retired {
  pruned: number;
  deleted: number;
}

/**
 * Removes what is older than its days, counted from the document's end: by the document's own
 * retention, else by the server's. A document of which all of it is over is deleted, and only the
 * record of its deletion stays. The rows change and the removal of the objects is queued in one
 * transaction a document; safe to repeat.
 */
export async function applyRetention({ ctx }: { ctx: SystemContext }): Promise<Retired> {
  const retired: Retired = { pruned: 0, deleted: 0 };
  for (let rows = await findOver(ctx); rows.length > 0; rows = await findOver(ctx)) {
    for (const { id, over } of rows) {
      const deleted = await inTransaction(ctx, (tx) => retire(tx, id, over));
      if (deleted) retired.deleted += 1;
      else retired.pruned += 1;
    }
  }
  return retired;
}

async function findOver(ctx: SystemContext): Promise<{ id: string; over: Retained[] }[]> {
  const is = Object.fromEntries(RETAINED.map((part) => [part, isOver(ctx, part)]));
  const left = RETAINED.map((part) => sql`(${is[part]} and ${REMOVED_AT[part]} is null)`);
  // An output can be asked for again once it is gone.
  left.push(
    sql`(${is.outputs} and exists (select 1 from ${outputs} where ${eq(outputs.documentId, documents.id)}))`,
  );
  const flags = RETAINED.map((part) => sql`${is[part]} as ${sql.identifier(part)}`);
  const { rows } = await ctx.db.execute<{ id: string } & Record<Retained, boolean>>(sql`
    select ${documents.id}, ${sql.join(flags, sql`, `)} from ${documents}
    where ${and(isNotNull(documents.finishedAt), inArray(documents.status, [...TERMINAL_DOCUMENT_STATUSES]))}
      and (${sql.join(left, sql` or `)})
    order by ${documents.finishedAt} limit ${BATCH}`);
  return rows.map((row) => ({ id: row.id, over: RETAINED.filter((part) => row[part]) }));
}

/** The document's own days where it names them, null to keep; else those of the server. */
function isOver({ env }: SystemContext, part: Retained): SQL {
  const own = documents.retention;
  const days = sql`case when jsonb_exists(${own}, ${part}) then (${own}->>${part})::int
    else ${env[SETTINGS[part]] ?? null}::int end`;
  return sql`coalesce(${documents.finishedAt} <= now() - make_interval(days => ${days}), false)`;
}

/** Whether the whole document is gone. */
async function retire(tx: TransactionContext, id: string, over: Retained[]): Promise<boolean> {
  const row = await lockDocument(tx, id);
  if (!row || !isTerminal(row.status)) return false;
  if (over.length === RETAINED.length) {
    await deleteDocument(tx, row, 'retention');
    return true;
  }
  await prune(tx, row, over);
  return false;
}

async function prune(tx: TransactionContext, row: DocumentRow, over: Retained[]): Promise<void> {
  const prefixes: string[] = [];
  if (over.includes('source')) prefixes.push(row.sourceKey);
  if (over.includes('pages')) {
    await tx.db.delete(pages).where(eq(pages.documentId, row.id));
    prefixes.push(pagesPrefix(row.id));
  }
  if (over.includes('outputs')) {
    const gone = await tx.db
      .delete(outputs)
      .where(eq(outputs.documentId, row.id))
      .returning({ key: outputs.key });
    prefixes.push(...gone.flatMap(({ key }) => key ?? []));
  }
  await tx.db
    .update(documents)
    .set({
      sourceRemovedAt: over.includes('source') ? sql`now()` : row.sourceRemovedAt,
      pagesRemovedAt: over.includes('pages') ? sql`now()` : row.pagesRemovedAt,
      outputsRemovedAt: over.includes('outputs') ? sql`now()` : row.outputsRemovedAt,
      updatedAt: sql`now()`,
    })
    .where(eq(documents.id, row.id));
  await tx.jobs.enqueue(tx.db, 'document.prune', { documentId: row.id, prefixes });
  tx.announcer.note({ documentId: row.id, ownerId: row.ownerId });
}
