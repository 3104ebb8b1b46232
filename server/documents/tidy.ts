import { eq, sql } from 'drizzle-orm';
import { documents, outputs, pages } from '#db/schema/index.ts';
import type { SystemContext } from '../context.ts';
import type { JobName } from '../jobs/catalog.ts';
import { JOB_SCHEMA } from '../jobs/schema-name.ts';
import { readRereadingObjects } from '../rereadings/keys.ts';
import { detailKey, documentPrefix, outputPrefix, pageOfKey } from '../storage/keys.ts';
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
  const { named, open } = await readNames(ctx, documentId);
  if (document) named.add(document.sourceKey);
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

/** The keys that rows name, and the pages that are being read. */
async function readNames(ctx: SystemContext, documentId: string) {
  const rows = await ctx.db
    .select({
      number: pages.number,
      status: pages.status,
      imageKey: pages.imageKey,
      keys: sql<
        (string | null)[]
      >`array[${pages.layoutKey}, ${pages.imageKey}, ${pages.thumbnailKey}]`,
    })
    .from(pages)
    .where(eq(pages.documentId, documentId));
  const written = await ctx.db
    .select({ key: outputs.key })
    .from(outputs)
    .where(eq(outputs.documentId, documentId));
  const again = await readRereadingObjects(ctx.db, [documentId]);
  const open = rows.filter(({ status }) => status === 'pending' || status === 'processing');
  return {
    named: new Set([
      ...rows.flatMap(({ keys }) => keys),
      ...rows.map(({ imageKey }) => imageKey && detailKey(imageKey)),
      ...[...written, ...again].map(({ key }) => key),
    ]),
    open: new Set<number | undefined>(open.map(({ number }) => number)),
  };
}
