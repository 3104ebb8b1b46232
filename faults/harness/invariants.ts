import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { asc, eq, sql } from 'drizzle-orm';
import { documents, outputs, type PageRow, pages } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { LEASE_SECONDS } from '#server/jobs/catalog.ts';
import { type Load, readDocument } from './load.ts';

/** Seconds after which a job of an idle installation must not be active any more. */
const IDLE_SECONDS = LEASE_SECONDS + 10;
/** Milliseconds that what is to be removed may take once it is due. */
const SWEEP_MS = 20_000;

/**
 * The six invariants of an installation that has come to rest, with a document of `load` in it.
 * Returns what is wrong, as sentences. `failed` are pages that may be without text.
 */
export async function checkInvariants(
  ctx: Context,
  documentId: string,
  load: Load,
  options: { failed?: number[] } = {},
): Promise<string[]> {
  const failed = new Set(options.failed);
  const rows = await ctx.db
    .select()
    .from(pages)
    .where(eq(pages.documentId, documentId))
    .orderBy(asc(pages.number));
  return [
    ...pagesAreWhole(rows, load),
    ...numbersAreTheirOwn(rows, load, failed),
    ...(await textIsInOrder(ctx, documentId, load, failed)),
    ...(await countersAgree(ctx, documentId, rows)),
    ...(await oneEnd(ctx, documentId)),
    ...(await nothingActive(ctx)),
    ...(await objectsAndRowsAgree(ctx)),
  ];
}

/** (i) */
function pagesAreWhole(rows: PageRow[], load: Load): string[] {
  const numbers = rows.map((row) => row.number);
  const wanted = Array.from({ length: load.pageCount }, (_, index) => index + 1);
  return String(numbers) === String(wanted)
    ? []
    : [`(i) pages ${numbers.length} of ${load.pageCount}`];
}

/** (ii) in the rows. */
function numbersAreTheirOwn(rows: PageRow[], load: Load, failed: Set<number>): string[] {
  const wrong = rows.filter(
    (row) =>
      !failed.has(row.number) &&
      String(numbersIn(row.text ?? '')) !== String([load.numberOf(row.number)]),
  );
  return wrong.map(
    ({ number, status, errorCode, text: content }) =>
      `(ii) page ${number} is ${status} (${errorCode}) and shows ${numbersIn(content ?? '')}`,
  );
}

/** (ii) in the text that a reader takes away. */
async function textIsInOrder(
  ctx: Context,
  documentId: string,
  load: Load,
  failed: Set<number>,
): Promise<string[]> {
  const row = await readDocument(ctx, documentId);
  if (row.status !== 'completed' && row.status !== 'partial') return [];
  const written = await ctx.db.select().from(outputs).where(eq(outputs.documentId, documentId));
  const key = written.find((output) => output.format === 'txt')?.key;
  if (!key) return ['(ii) there is no text output'];
  const found = (await text(await ctx.storage.read(key))).split('\f').map(numbersIn);
  return Array.from({ length: load.pageCount }, (_, index) => index + 1)
    .filter((page) => !failed.has(page))
    .filter((page) => String(found[page - 1]) !== String([load.numberOf(page)]))
    .map((page) => `(ii) page ${page} of the text shows ${found[page - 1]}`);
}

/** The digits alone: the rest of a corpus token is not always read to the letter. */
function numbersIn(content: string): number[] {
  return [...content.matchAll(/PAGE\s?.?\s?(\d{5})/g)].map(([, digits]) => Number(digits));
}

/** (iii) at rest; `watchProgress` sees to it that it never goes back. */
async function countersAgree(ctx: Context, documentId: string, rows: PageRow[]): Promise<string[]> {
  const row = await readDocument(ctx, documentId);
  const counted = {
    completed: row.pagesCompleted,
    failed: row.pagesFailed,
    canceled: row.pagesCanceled,
  };
  return Object.entries(counted)
    .map(([status, count]) => ({
      status,
      count,
      are: rows.filter((page) => page.status === status).length,
    }))
    .filter(({ count, are }) => count !== are)
    .map(({ status, count, are }) => `(iii) ${count} counted as ${status}, ${are} are`);
}

/** (v) for each run. */
async function oneEnd(ctx: Context, documentId: string): Promise<string[]> {
  const { rows } = await ctx.db.execute<{ ends: number; runs: number }>(sql`
    select count(*)::int as ends, (select run from documents where id = ${documentId}) as runs
    from events where document_id = ${documentId}
    and type in ('document.completed', 'document.partial', 'document.failed', 'document.canceled')`);
  const { ends = 0, runs = 0 } = rows[0] ?? {};
  return ends === runs ? [] : [`(v) ${ends} ends of ${runs} runs`];
}

/** (vi) */
async function nothingActive(ctx: Context): Promise<string[]> {
  const deadline = Date.now() + IDLE_SECONDS * 1000;
  for (;;) {
    const { rows } = await ctx.db.execute<{ name: string }>(
      sql`select name from pgboss.job where state = 'active'`,
    );
    if (rows.length === 0) return [];
    if (Date.now() > deadline) return [`(vi) still active: ${rows.map(({ name }) => name)}`];
    await sleep(250);
  }
}

/** (iv) of the whole installation. What the sweeper would do later is made due now. */
async function objectsAndRowsAgree(ctx: Context): Promise<string[]> {
  const deadline = Date.now() + SWEEP_MS;
  for (;;) {
    await ctx.db.execute(sql`
      update pgboss.job set start_after = now()
      where name in ('document.tidy', 'document.remove') and state in ('created', 'retry')`);
    const wrong = await compareObjects(ctx);
    if (wrong.length === 0 || Date.now() > deadline) return wrong;
    await sleep(500);
  }
}

async function compareObjects(ctx: Context): Promise<string[]> {
  const stored = new Set(await listKeys(ctx));
  const named = await namedKeys(ctx);
  const strays = [...stored].filter((key) => !named.has(key));
  const missing = [...named].filter((key) => !stored.has(key));
  return [
    ...(strays.length > 0 ? [`(iv) ${strays.length} objects without a row: ${strays[0]}`] : []),
    ...(missing.length > 0 ? [`(iv) ${missing.length} rows without object: ${missing[0]}`] : []),
  ];
}

export async function listKeys(ctx: Context, prefix = ''): Promise<string[]> {
  const { client, bucket: Bucket } = ctx.storage;
  const keys: string[] = [];
  for (let token: string | undefined; ; ) {
    const page = await client.send(
      new ListObjectsV2Command({
        Bucket,
        Prefix: prefix,
        ...(token && { ContinuationToken: token }),
      }),
    );
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
    if (!page.IsTruncated) return keys;
    token = page.NextContinuationToken;
  }
}

async function namedKeys(ctx: Context): Promise<Set<string>> {
  const sources = await ctx.db
    .select({ key: documents.sourceKey, status: documents.status })
    .from(documents);
  const results = await ctx.db
    .select({ layout: pages.layoutKey, image: pages.imageKey, thumbnail: pages.thumbnailKey })
    .from(pages);
  const written = await ctx.db.select({ key: outputs.key }).from(outputs);
  const keys = [
    ...sources.filter(({ status }) => status !== 'awaiting_upload').map(({ key }) => key),
    ...results.flatMap((row) => Object.values(row)),
    ...written.map(({ key }) => key),
  ];
  return new Set(keys.filter((key) => key !== null));
}

/**
 * (iii) as a viewer sees it: looks at the document until it is stopped, and tells what went back or
 * passed the total.
 */
export function watchProgress(ctx: Context, documentId: string): () => Promise<string[]> {
  const stopping = new AbortController();
  const wrong = new Set<string>();
  const watching = (async () => {
    let before = { ended: 0, seq: 0 };
    while (!stopping.signal.aborted) {
      const seen = await look(ctx, documentId).catch(() => undefined);
      if (seen && seen.ended < before.ended) wrong.add('(iii) the progress went back');
      if (seen && seen.seq < before.seq) wrong.add('(iii) the event number went back');
      if (seen && seen.ended > (seen.total ?? 0)) wrong.add('(iii) the progress passed the total');
      if (seen && seen.ended !== seen.rows) wrong.add('(iii) the counter and the pages differ');
      before = seen ?? before;
      await sleep(100);
    }
  })();
  return async () => {
    stopping.abort();
    await watching;
    return [...wrong];
  };
}

interface Look extends Record<string, unknown> {
  ended: number;
  total: number | null;
  seq: number;
  rows: number;
}

async function look(ctx: Context, documentId: string): Promise<Look | undefined> {
  const { rows } = await ctx.db.execute<Look>(sql`
    select pages_completed + pages_failed + pages_canceled as ended, page_count as total, seq,
      (select count(*)::int from pages where document_id = documents.id
        and status in ('completed', 'failed', 'canceled')) as rows
    from documents where id = ${documentId}`);
  return rows[0];
}
