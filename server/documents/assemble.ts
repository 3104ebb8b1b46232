import { asc, eq, sql } from 'drizzle-orm';
import { type DocumentRow, outputs, pages } from '#db/schema/index.ts';
import { inTransaction, type SystemContext } from '../context.ts';
import type { Correction } from '../corrections/apply.ts';
import { correctionsByPage } from '../corrections/internal.ts';
import type { FanfoldError } from '../errors.ts';
import type { JobPayload } from '../jobs/catalog.ts';
import type { OutputFormat } from './formats.ts';
import { appendEvent, lockDocument, moveDocument } from './internal.ts';

export type AssemblyPage = Pick<
  typeof pages.$inferSelect,
  'number' | 'status' | 'layoutKey' | 'errorCode' | 'errorSentence'
> & {
  /** To be applied over its layout. */
  corrections: Correction[];
};

export interface Assembly {
  document: DocumentRow;
  /** By number, also those that failed. */
  pages: AssemblyPage[];
}

/** What the outputs are made of. Undefined where the document is not being assembled in this run. */
export async function readAssembly({
  ctx,
  input,
}: {
  ctx: SystemContext;
  input: JobPayload<'document.assemble'>;
}): Promise<Assembly | undefined> {
  return inTransaction(ctx, async (tx) => {
    const document = await lockDocument(tx, input.documentId);
    if (document?.status !== 'assembling' || document.run !== input.run) return undefined;
    return { document, pages: await readPages(tx, document.id) };
  });
}

/** What of the pages goes into outputs, by number. */
export async function readPages(ctx: SystemContext, documentId: string): Promise<AssemblyPage[]> {
  const rows = await ctx.db
    .select({
      id: pages.id,
      number: pages.number,
      status: pages.status,
      layoutKey: pages.layoutKey,
      errorCode: pages.errorCode,
      errorSentence: pages.errorSentence,
    })
    .from(pages)
    .where(eq(pages.documentId, documentId))
    .orderBy(asc(pages.number));
  const corrected = await correctionsByPage(ctx.db, documentId);
  return rows.map(({ id, ...page }) => ({ ...page, corrections: corrected.get(id) ?? [] }));
}

export interface WrittenOutput {
  format: OutputFormat;
  key: string;
  sizeBytes: number;
  /** Hex. */
  sha256: string;
}

/** An output that could not be made. */
export interface FailedOutput {
  format: OutputFormat;
  error: FanfoldError;
}

/**
 * Ends the document with its outputs: `completed`, or `partial` where pages are missing. False
 * where it is no longer being assembled in this run.
 */
export function finishAssembly({
  ctx,
  input,
}: {
  ctx: SystemContext;
  input: JobPayload<'document.assemble'> & {
    written: WrittenOutput[];
    failed: FailedOutput[];
    /** What the making of the outputs has shown of the file, as sentences. */
    warnings: string[];
  };
}): Promise<boolean> {
  const { run, written } = input;
  return inTransaction(ctx, async (tx) => {
    const row = await lockDocument(tx, input.documentId);
    if (row?.status !== 'assembling' || row.run !== run) return false;
    await tx.db.delete(outputs).where(eq(outputs.documentId, row.id));
    const failed = input.failed.map(({ format, error }) => ({
      format,
      errorCode: error.code,
      errorSentence: error.sentence,
    }));
    const owned = { documentId: row.id, ownerId: row.ownerId, run };
    await tx.db
      .insert(outputs)
      .values([...written, ...failed].map((output) => ({ ...output, ...owned })));
    const formats = written.map(({ format }) => format);
    const warnings = [...new Set([...row.warnings, ...input.warnings])];
    const ends = { jobId: null, finishedAt: sql`now()`, warnings };
    if (row.pagesFailed > 0) {
      await moveDocument(tx, row.id, 'partial', ends);
      const { pagesFailed } = row;
      await appendEvent(tx, row.id, 'document.partial', { formats, pagesFailed });
    } else {
      await moveDocument(tx, row.id, 'completed', ends);
      await appendEvent(tx, row.id, 'document.completed', { formats });
    }
    await tx.jobs.enqueue(tx.db, 'search.collect', { documentId: row.id });
    return true;
  });
}
