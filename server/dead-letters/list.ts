import { asc, eq, inArray, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { attempts, documents } from '#db/schema/index.ts';
import type { SystemContext } from '../context.ts';
import { ERROR_CODES, type ErrorCode, FanfoldError } from '../errors.ts';
import type { JobName } from '../jobs/catalog.ts';
import { type DeadLetterRow, jobTable, matches, rowColumns } from './internal.ts';
import type { listDeadLettersSchema } from './schemas.ts';

/** A job that was given up after its last attempt. Times are ISO 8601 in UTC. */
export interface DeadLetter {
  /** In the dead letter queue. */
  id: string;
  kind: JobName;
  code: ErrorCode;
  /** For operators; may name internals. */
  message: string;
  attempts: number;
  queuedAt: string;
  failedAt: string;
  /** Null where the document is gone, or the job is of none. */
  document: { id: string; fileName: string } | null;
  page: number | null;
}

export interface DeadLetterPage {
  total: number;
  /** The newest first. */
  deadLetters: DeadLetter[];
}

export async function listDeadLetters({
  ctx,
  input: { limit, offset, ...filter },
}: {
  ctx: SystemContext;
  input: z.output<typeof listDeadLettersSchema>;
}): Promise<DeadLetterPage> {
  const { rows } = await ctx.db.execute<DeadLetterRow>(sql`
    select ${rowColumns} from ${jobTable} where ${matches(filter)}
    order by created_on desc, id limit ${limit} offset ${offset}`);
  const { rows: counted } = await ctx.db.execute<{ total: number }>(
    sql`select count(*)::int as total from ${jobTable} where ${matches(filter)}`,
  );
  const names = await fileNames(ctx, rows);
  return {
    total: counted[0]?.total ?? 0,
    deadLetters: rows.map((row) => toDeadLetter(row, names)),
  };
}

export interface DeadLetterDetail extends DeadLetter {
  stack: string | null;
  payload: object;
  /** Of a page: every attempt at it, in order. */
  history: {
    number: number;
    run: number;
    worker: string;
    outcome: string;
    code: ErrorCode | null;
    detail: string | null;
    startedAt: string;
    finishedAt: string | null;
  }[];
}

/** Throws NOT_FOUND where it was sent back or thrown away. */
export async function showDeadLetter({
  ctx,
  input,
}: {
  ctx: SystemContext;
  input: { id: string };
}): Promise<DeadLetterDetail> {
  const { rows } = await ctx.db.execute<DeadLetterRow>(
    sql`select ${rowColumns} from ${jobTable} where ${matches({ ids: [input.id] })}`,
  );
  const [row] = rows;
  if (!row) throw new FanfoldError('NOT_FOUND', { sentence: 'There is no such dead letter.' });
  return {
    ...toDeadLetter(row, await fileNames(ctx, rows)),
    stack: row.output?.stack ?? null,
    payload: row.payload,
    history: await historyOf(ctx, row.payload.pageId),
  };
}

async function fileNames(ctx: SystemContext, rows: DeadLetterRow[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.flatMap(({ payload }) => payload.documentId ?? []))];
  if (ids.length === 0) return new Map();
  const found = await ctx.db
    .select({ id: documents.id, fileName: documents.fileName })
    .from(documents)
    .where(inArray(documents.id, ids));
  return new Map(found.map(({ id, fileName }) => [id, fileName]));
}

function toDeadLetter(row: DeadLetterRow, names: Map<string, string>): DeadLetter {
  const { documentId = '', page } = row.payload;
  const fileName = names.get(documentId);
  const code = ERROR_CODES.find((known) => known === row.output?.code);
  return {
    id: row.id,
    kind: row.kind,
    code: code ?? 'WORKER_CRASHED',
    message: row.output?.message ?? JSON.stringify(row.output),
    attempts: row.retries + 1,
    queuedAt: new Date(row.queuedAt).toISOString(),
    failedAt: new Date(row.failedAt).toISOString(),
    document: fileName === undefined ? null : { id: documentId, fileName },
    page: page ?? null,
  };
}

async function historyOf(
  ctx: SystemContext,
  pageId: string | undefined,
): Promise<DeadLetterDetail['history']> {
  if (!pageId) return [];
  const rows = await ctx.db
    .select()
    .from(attempts)
    .where(eq(attempts.pageId, pageId))
    .orderBy(asc(attempts.number));
  return rows.map((row) => ({
    number: row.number,
    run: row.run,
    worker: row.worker,
    outcome: row.outcome,
    code: row.errorCode,
    detail: row.errorDetail,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }));
}
