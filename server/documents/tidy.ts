import { and, eq, inArray, sql } from 'drizzle-orm';
import { type DocumentRow, documents, pages } from '#db/schema/index.ts';
import type { SystemContext } from '../context.ts';
import type { JobName } from '../jobs/catalog.ts';
import { JOB_SCHEMA } from '../jobs/schema-name.ts';
import { documentPrefix, outputPrefix, pageOfKey } from '../storage/keys.ts';
import { readNamedObjects } from './named-objects.ts';
import { isTerminal } from './status.ts';

/** Seconds in which attempts that have lost their page may still write objects. */
const TIDY_AFTER = 30;

/** Asks for the document to be tidied: at its end, and when an attempt finds that it lost its page. */
export async function requestTidy(ctx: SystemContext, documentId: string): Promise<void> {
  await ctx.jobs.enqueue(ctx.db, 'document.tidy', { documentId }, { startAfter: TIDY_AFTER });
}

/**
 * Removes what attempts that lost their page, and earlier runs, have left in the store: the objects
 * of an ended or deleted document that no row names. They are listed before the rows are read, so
 * that an object that is named in between stays. Returns how many were removed.
 */
export async function tidyDocument({
  ctx,
  input: { documentId },
}: {
  ctx: SystemContext;
  input: { documentId: string };
}): Promise<number> {
  const keys = await ctx.storage.list(documentPrefix(documentId));
  const writing = await jobsThatWrite(ctx, documentId);
  const [document] = await ctx.db.select().from(documents).where(eq(documents.id, documentId));
  if (document && !isTerminal(document.status)) return 0;
  const named = await namedKeys(ctx, document);
  const open = await openPages(ctx, documentId);
  const onTheirWay = (key: string) =>
    open.has(pageOfKey(key)) ||
    writing.some((job) => job.page !== null && job.page === pageOfKey(key)) ||
    (document !== undefined &&
      writing.some((job) => job.page === null) &&
      key.startsWith(outputPrefix(documentId, document.run)));
  const strays = keys.filter((key) => !named.has(key) && !onTheirWay(key));
  await ctx.storage.remove(strays);
  if (document && writing.length > 0) await requestTidy(ctx, documentId);
  return strays.length;
}

const WRITERS: JobName[] = [
  'page.preview',
  'page.enlarge',
  'page.reread',
  'document.output',
  'document.rewrite',
];

interface Writer extends Record<string, unknown> {
  /** Null where it writes outputs. */
  page: number | null;
}

/** Jobs that write objects of a document that has ended, before a row names them. */
async function jobsThatWrite(ctx: SystemContext, documentId: string): Promise<Writer[]> {
  const { rows } = await ctx.db.execute<Writer>(sql`
    select (data->>'page')::int as page from ${sql.identifier(JOB_SCHEMA)}.job
    where name in ${WRITERS} and state in ('created', 'retry', 'active')
      and data->>'documentId' = ${documentId}`);
  return rows;
}

/** What the store may hold of a document; of one that is gone, nothing. */
async function namedKeys(
  ctx: SystemContext,
  document: DocumentRow | undefined,
): Promise<Set<string>> {
  if (!document) return new Set();
  const named = (await readNamedObjects(ctx, [document])).get(document.id);
  const keys = named?.objects.map(({ key }) => key) ?? [];
  return new Set([...keys, ...(named?.allowed ?? []), document.sourceKey]);
}

/** The numbers of the pages that are being read. */
async function openPages(ctx: SystemContext, documentId: string): Promise<Set<number | undefined>> {
  const rows = await ctx.db
    .select({ number: pages.number })
    .from(pages)
    .where(and(eq(pages.documentId, documentId), inArray(pages.status, ['pending', 'processing'])));
  return new Set(rows.map(({ number }) => number));
}
