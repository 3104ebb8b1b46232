import { sql } from 'drizzle-orm';
import type { DocumentRow } from '#db/schema/index.ts';
import { inTransaction, type SystemContext } from '../context.ts';
import { FanfoldError, toFanfoldError } from '../errors.ts';
import type { JobPayload } from '../jobs/catalog.ts';
import { enqueuePageJobs } from '../pages/internal.ts';
import { takeToken } from '../rate-limit.ts';
import {
  appendEvent,
  failDocument,
  lockDocument,
  moveDocument,
  type TransactionContext,
} from './internal.ts';
import { pagesInRange, reachesBeyond } from './page-range.ts';

type DocumentRun = JobPayload<'document.inspect'>;

/** Takes a queued document up. Undefined where it is not to be opened (any more). */
export function beginInspection({
  ctx,
  input,
}: {
  ctx: SystemContext;
  input: DocumentRun;
}): Promise<DocumentRow | undefined> {
  return inTransaction(ctx, async (tx) => {
    const row = await lockRun(tx, input);
    if (row?.status === 'inspecting') return row;
    if (row?.status !== 'queued') return undefined;
    const moved = await moveDocument(tx, row.id, 'inspecting', {
      startAt: null,
      startedAt: sql`coalesce(started_at, now())`,
    });
    await appendEvent(tx, row.id, 'document.inspecting', {});
    return moved;
  });
}

/**
 * Fans an opened document out: the rows of the pages that were asked for, under their numbers in the
 * file, and their jobs in one transaction. `pageCount` is the file's. False where the document is no
 * longer being inspected in this run. Throws PAGES_NOT_FOUND where it has none of the pages.
 */
export function planPages({
  ctx,
  input,
}: {
  ctx: SystemContext;
  input: DocumentRun & { pageCount: number; warnings: string[] };
}): Promise<boolean> {
  const { pageCount, warnings } = input;
  return inTransaction(ctx, async (tx) => {
    const row = await lockRun(tx, input);
    if (row?.status !== 'inspecting') return false;
    const wanted = wantedPages(row.options.pages, pageCount);
    const seq = await appendEvent(tx, row.id, 'document.processing', { pageCount: wanted.length });
    const planned = await insertPages(tx, row, wanted, seq);
    await moveDocument(tx, row.id, 'processing', {
      pageCount: wanted.length,
      filePageCount: pageCount,
      warnings: [...warnings, ...beyondTheEnd(row.options.pages, pageCount)],
      jobId: null,
    });
    await enqueuePageJobs(tx, row, planned);
    return true;
  });
}

/** Ends a document that could not be opened, or whose outputs could not be written. */
export function failRun({
  ctx,
  input,
}: {
  ctx: SystemContext;
  input: DocumentRun & { error: FanfoldError };
}): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    const row = await lockRun(tx, input);
    if (!row) return;
    if (input.error.code === 'PASSWORD_WRONG')
      await countWrongPassword({ ...tx, ownerId: row.ownerId });
    await failDocument(tx, row.id, input.error);
  });
}

/** Others may have been wrong meanwhile, so that there is none left to take. */
async function countWrongPassword(ctx: TransactionContext & { ownerId: string }): Promise<void> {
  await takeToken(ctx, 'unlock').catch((error: unknown) => {
    if (toFanfoldError(error).code !== 'TOO_MANY_REQUESTS') throw error;
  });
}

async function lockRun(tx: TransactionContext, input: DocumentRun) {
  const row = await lockDocument(tx, input.documentId);
  return row?.run === input.run ? row : undefined;
}

function wantedPages(range: string | null, pageCount: number): number[] {
  const wanted = pagesInRange(range, pageCount);
  if (wanted.length > 0) return wanted;
  const has = pageCount === 1 ? 'one page' : `${pageCount} pages`;
  throw new FanfoldError('PAGES_NOT_FOUND', {
    sentence: `Pages ${range} were asked for, but the file has ${has}.`,
  });
}

function beyondTheEnd(range: string | null, pageCount: number): string[] {
  if (!reachesBeyond(range, pageCount)) return [];
  return [`Pages ${range} were asked for; the file ends with page ${pageCount}.`];
}

interface PlannedPage extends Record<string, unknown> {
  id: string;
  number: number;
  jobId: string;
}

async function insertPages(
  tx: TransactionContext,
  row: DocumentRow,
  numbers: number[],
  seq: number,
): Promise<PlannedPage[]> {
  const { rows } = await tx.db.execute<PlannedPage>(sql`
    insert into pages (id, document_id, owner_id, number, job_id, seq)
    select gen_random_uuid(), ${row.id}, ${row.ownerId}, number, gen_random_uuid(), ${seq}
    from unnest(${sql.param(numbers)}::int[]) as number
    returning id, number, job_id as "jobId"`);
  return rows;
}
