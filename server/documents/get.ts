import { and, eq, isNull, lt, lte, or, sql } from 'drizzle-orm';
import { type DocumentRow, documents, outputs } from '#db/schema/index.ts';
import type { Context } from '../context.ts';
import type { ErrorCode } from '../errors.ts';
import type { OutputName } from '../outputs/variants.ts';
import { OUTPUT_FORMATS, type OutputFormat } from './formats.ts';
import { getOwnedDocument } from './internal.ts';
import { isTerminal } from './status.ts';
import { type DocumentView, documentView } from './view.ts';

export interface DocumentDetail extends DocumentView {
  /** Finished outputs, bytes. */
  outputs: { format: OutputFormat; sizeBytes: number }[];
  /** Outputs that were asked for and could not be made. */
  outputFailures: { format: OutputFormat; code: ErrorCode; sentence: string }[];
  /** Outputs that someone has asked for and that are not there yet. */
  making: OutputName[];
  /** What waits before this document; null once it is being worked on. */
  ahead: { documents: number; pages: number } | null;
}

export async function getDocument({
  ctx,
  input,
}: {
  ctx: Context;
  input: { documentId: string };
}): Promise<DocumentDetail> {
  const row = await getOwnedDocument(ctx, input.documentId);
  const rows = await ctx.db
    .select()
    .from(outputs)
    .where(and(eq(outputs.documentId, row.id), eq(outputs.run, row.run)));
  return {
    ...documentView(row),
    ...(isTerminal(row.status) ? outputsOf(rows) : { outputs: [], outputFailures: [], making: [] }),
    ahead: await countAhead(ctx, row),
  };
}

/** In the order in which the formats are listed; of a format with variants, the usual one. */
function outputsOf(
  found: (typeof outputs.$inferSelect)[],
): Pick<DocumentDetail, 'outputs' | 'outputFailures' | 'making'> {
  const usual = found.filter(({ variant }) => variant === '');
  const rows = OUTPUT_FORMATS.flatMap((format) => usual.filter((row) => row.format === format));
  return {
    outputs: rows.flatMap(({ format, sizeBytes, jobId }) =>
      sizeBytes === null || jobId ? [] : [{ format, sizeBytes }],
    ),
    making: found.flatMap(({ format, variant, jobId }) => (jobId ? [{ format, variant }] : [])),
    outputFailures: rows.flatMap(({ format, errorCode, errorSentence }) =>
      errorCode ? [{ format, code: errorCode, sentence: errorSentence ?? '' }] : [],
    ),
  };
}

async function countAhead(
  ctx: Context,
  row: Pick<DocumentRow, 'status' | 'queuedAt' | 'startAt' | 'pagesCompleted'>,
): Promise<DocumentDetail['ahead']> {
  const waits =
    row.status === 'queued' || row.status === 'inspecting' || row.status === 'processing';
  if (!waits || !row.queuedAt || row.startAt || row.pagesCompleted > 0) return null;
  const left = sql<number>`coalesce(sum(coalesce(${documents.pageCount}, 1) - ${documents.pagesCompleted} - ${documents.pagesFailed}), 0)::int`;
  const [ahead] = await ctx.db
    .select({ documents: sql<number>`count(*)::int`, pages: left })
    .from(documents)
    .where(
      and(
        sql`${documents.status} in ('queued','inspecting','processing','assembling')`,
        lt(documents.queuedAt, row.queuedAt),
        or(isNull(documents.startAt), lte(documents.startAt, sql`now()`)),
      ),
    );
  return ahead && ahead.documents > 0 ? ahead : null;
}
