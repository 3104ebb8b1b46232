import { eq } from 'drizzle-orm';
import { documents, outputs } from '#db/schema/index.ts';
import { inTransaction, type SystemContext } from '../context.ts';
import { type Assembly, readPages, type WrittenOutput } from '../documents/assemble.ts';
import { appendEvent, lockDocument, type TransactionContext } from '../documents/internal.ts';
import type { FanfoldError } from '../errors.ts';
import type { JobPayload } from '../jobs/catalog.ts';
import { findOutput, isOutput, isReady, type OutputRow } from './internal.ts';

type OutputJob = JobPayload<'document.output'>;

/** What an output is to be made of. Undefined where it is no longer this job's to make. */
export function beginOutput({
  ctx,
  input,
}: {
  ctx: SystemContext;
  input: OutputJob;
}): Promise<OutputTask | undefined> {
  return inTransaction(ctx, async (tx) => {
    const document = await lockDocument(tx, input.documentId);
    if (!document || !(await held(tx, input))) return undefined;
    const rows = await tx.db.select().from(outputs).where(eq(outputs.documentId, document.id));
    const usual = rows.filter(isReady).filter(({ run, variant }) => run === input.run && !variant);
    const known = usual.map(({ sha256, ...row }) => ({ ...row, sha256: sha256 ?? '' }));
    return { assembly: { document, pages: await readPages(tx, document.id) }, known };
  });
}

export interface OutputTask {
  assembly: Assembly;
  /** The outputs that are there. */
  known: WrittenOutput[];
}

/**
 * Publishes an output. Returns the keys of objects that nothing names any more; undefined where another
 * job has taken its place meanwhile.
 */
export function finishOutput({
  ctx,
  input,
}: {
  ctx: SystemContext;
  input: OutputJob & {
    written: WrittenOutput;
    /** Outputs that were made on the way. */
    added?: WrittenOutput[];
    warnings: string[];
  };
}): Promise<string[] | undefined> {
  const { key, sizeBytes, sha256 } = input.written;
  const { format, variant } = input;
  return settle(ctx, input, async (tx, before) => {
    await tx.db
      .update(outputs)
      .set({ key, sizeBytes, sha256, jobId: null })
      .where(isOutput(input.documentId, input));
    const doubles = await addOutputs(tx, input, input.added ?? []);
    await appendEvent(tx, input.documentId, 'output.written', { format, variant });
    await addWarnings(tx, input.documentId, input.warnings);
    return before.key === null ? doubles : [before.key, ...doubles];
  });
}

/** Notes why an output could not be made. */
export async function failOutput({
  ctx,
  input,
}: {
  ctx: SystemContext;
  input: OutputJob & { error: FanfoldError };
}): Promise<void> {
  await settle(ctx, input, (tx) => recordFailure(tx, input, input.error));
}

export async function recordFailure(
  tx: TransactionContext,
  { documentId, format, variant }: Pick<OutputJob, 'documentId' | 'format' | 'variant'>,
  { code, sentence }: FanfoldError,
): Promise<void> {
  const gone = { key: null, sizeBytes: null, sha256: null, jobId: null };
  await tx.db
    .update(outputs)
    .set({ ...gone, errorCode: code, errorSentence: sentence })
    .where(isOutput(documentId, { format, variant }));
  await appendEvent(tx, documentId, 'output.failed', { format, variant, code });
}

function settle<T>(
  ctx: SystemContext,
  input: OutputJob,
  work: (tx: TransactionContext, row: OutputRow) => Promise<T>,
): Promise<T | undefined> {
  return inTransaction(ctx, async (tx) => {
    await lockDocument(tx, input.documentId);
    const row = await held(tx, input);
    return row ? work(tx, row) : undefined;
  });
}

async function held(tx: TransactionContext, input: OutputJob): Promise<OutputRow | undefined> {
  const row = await findOutput(tx.db, input.documentId, input);
  return row?.jobId === input.token && row.run === input.run ? row : undefined;
}

/** What another job makes as well is that job's to publish: returns the keys of those. */
async function addOutputs(
  tx: TransactionContext,
  { documentId, ownerId, run }: OutputJob,
  added: WrittenOutput[],
): Promise<string[]> {
  if (added.length === 0) return [];
  const rows = added.map(({ format, key, sizeBytes, sha256 }) => ({
    ...{ documentId, ownerId, run },
    ...{ format, key, sizeBytes, sha256 },
  }));
  const taken = await tx.db
    .insert(outputs)
    .values(rows)
    .onConflictDoNothing()
    .returning({ key: outputs.key });
  return added.map(({ key }) => key).filter((key) => !taken.some((row) => row.key === key));
}

async function addWarnings(
  tx: TransactionContext,
  documentId: string,
  warnings: string[],
): Promise<void> {
  if (warnings.length === 0) return;
  const row = await lockDocument(tx, documentId);
  const all = [...new Set([...(row?.warnings ?? []), ...warnings])];
  await tx.db.update(documents).set({ warnings: all }).where(eq(documents.id, documentId));
}
