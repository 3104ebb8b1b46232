import { randomUUID } from 'node:crypto';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { type DocumentRow, outputs, pages } from '#db/schema/index.ts';
import { inTransaction, type SystemContext } from '../context.ts';
import { lockDocument, type TransactionContext } from '../documents/internal.ts';
import { requeueDocument } from '../documents/retry.ts';
import { JOBS, type JobName, type JobPayload } from '../jobs/catalog.ts';
import { requeuePages } from '../pages/requeue.ts';
import { type DeadLetterRow, jobTable, matches, rowColumns } from './internal.ts';
import type { DeadLetterFilter } from './schemas.ts';

export interface Redriven {
  /** Jobs that were queued, or would be. */
  jobs: number;
  /** Of these, by kind. */
  kinds: Partial<Record<JobName, number>>;
  /** Dead letters with nothing left to do: the document is gone, or has gone on since. They go. */
  obsolete: number;
  /** Dead letters of documents whose outputs are being written just now. They stay. */
  postponed: number;
}

/**
 * Sends jobs that were given up back: their pages and documents leave `failed` in the transaction
 * that queues them and takes the dead letters away, one a document, so that however often it is
 * asked for, a page has one job. `preview` tells what would happen, and changes nothing.
 */
export async function redriveDeadLetters({
  ctx,
  input: { preview, ...filter },
}: {
  ctx: SystemContext;
  input: DeadLetterFilter & { preview: boolean };
}): Promise<Redriven> {
  const { rows } = await ctx.db.execute<DeadLetterRow>(sql`
    select ${rowColumns} from ${jobTable} where ${matches(filter)} order by created_on, id`);
  const redriven: Redriven = { jobs: 0, kinds: {}, obsolete: 0, postponed: 0 };
  for (const letters of byDocument(rows)) {
    add(redriven, await sendBackOrPreview(ctx, letters, preview), letters.length);
  }
  return redriven;
}

/** The kinds of the jobs that were queued, or would be. */
async function sendBackOrPreview(
  ctx: SystemContext,
  letters: DeadLetterRow[],
  preview: boolean,
): Promise<JobName[] | 'postponed'> {
  let queued: JobName[] | 'postponed' = [];
  const sent = inTransaction(ctx, async (tx) => {
    queued = await sendBack(tx, letters);
    if (preview) throw PREVIEWED;
  });
  await sent.catch((error: unknown) => {
    if (error !== PREVIEWED) throw error;
  });
  return queued;
}

/** Undoes the transaction of a preview. */
const PREVIEWED = new Error('only a preview');

function byDocument(rows: DeadLetterRow[]): DeadLetterRow[][] {
  const groups = Map.groupBy(rows, ({ id, payload }) => payload.documentId ?? id);
  return [...groups.values()];
}

function add(sum: Redriven, queued: JobName[] | 'postponed', letters: number): void {
  if (queued === 'postponed') {
    sum.postponed += letters;
    return;
  }
  sum.jobs += queued.length;
  sum.obsolete += letters - queued.length;
  for (const kind of queued) sum.kinds[kind] = (sum.kinds[kind] ?? 0) + 1;
}

/** Queues again what is left to do of the letters of one document; the kind of each job. */
async function sendBack(
  tx: TransactionContext,
  wanted: DeadLetterRow[],
): Promise<JobName[] | 'postponed'> {
  const documentId = wanted[0]?.payload.documentId ?? '';
  const document = documentId ? await lockDocument(tx, documentId) : undefined;
  if (document?.status === 'assembling') return 'postponed';
  const ids = wanted.map(({ id }) => id);
  const { rows: letters } = await tx.db.execute<DeadLetterRow>(
    sql`delete from ${jobTable} where ${matches({ ids })} returning ${rowColumns}`,
  );
  const queued: JobName[] = [];
  for (const [kind, ofKind] of Map.groupBy(letters, (letter) => letter.kind)) {
    const row = document && (await lockDocument(tx, document.id));
    queued.push(...(await sendKindBack(tx, kind, row, ofKind)));
  }
  return queued;
}

/** `document` is as it stands now, undefined where it is gone. */
async function sendKindBack(
  tx: TransactionContext,
  kind: JobName,
  document: DocumentRow | undefined,
  letters: DeadLetterRow[],
): Promise<JobName[]> {
  if (kind === 'document.remove') return enqueueAgain(tx, kind, letters);
  if (!document || document.sourceRemovedAt || document.pagesRemovedAt) return [];
  if (kind === 'document.inspect') return reopen(tx, document);
  if (kind === 'page.recognize') return readAgain(tx, document, letters);
  if (kind === 'document.assemble') return foldAgain(tx, document);
  if (kind === 'document.output') return makeAgain(tx, document, letters);
  return enqueueAgain(tx, kind, letters);
}

async function enqueueAgain(
  tx: TransactionContext,
  kind: JobName,
  letters: DeadLetterRow[],
): Promise<JobName[]> {
  for (const { payload } of letters) {
    await tx.jobs.enqueue(
      tx.db,
      kind,
      JOBS[kind].payload.parse(payload) as JobPayload<typeof kind>,
    );
  }
  return letters.map(() => kind);
}

async function reopen(tx: TransactionContext, document: DocumentRow): Promise<JobName[]> {
  if (document.status !== 'failed' || document.pageCount !== null) return [];
  await requeueDocument(tx, document);
  return ['document.inspect'];
}

async function readAgain(
  tx: TransactionContext,
  document: DocumentRow,
  letters: DeadLetterRow[],
): Promise<JobName[]> {
  const ids = letters.flatMap(({ payload }) => payload.pageId ?? []);
  if (ids.length === 0) return [];
  const failed = await tx.db
    .select({ id: pages.id, status: pages.status })
    .from(pages)
    .where(
      and(eq(pages.documentId, document.id), inArray(pages.id, ids), eq(pages.status, 'failed')),
    );
  if (failed.length > 0) await requeuePages(tx, document, failed);
  return failed.map(() => 'page.recognize');
}

async function foldAgain(tx: TransactionContext, document: DocumentRow): Promise<JobName[]> {
  if (document.status !== 'failed' || document.pagesCompleted === 0) return [];
  await requeuePages(tx, document, []);
  return ['document.assemble'];
}

/** An output that failed is made again under a new job, unless it was made since. */
async function makeAgain(
  tx: TransactionContext,
  document: DocumentRow,
  letters: DeadLetterRow[],
): Promise<JobName[]> {
  const queued: JobName[] = [];
  for (const letter of letters) {
    const payload = JOBS['document.output'].payload.parse(letter.payload);
    const token = randomUUID();
    const [output] = await tx.db
      .update(outputs)
      .set({ jobId: token, errorCode: null, errorSentence: null })
      .where(
        and(
          eq(outputs.documentId, document.id),
          eq(outputs.format, payload.format),
          eq(outputs.variant, payload.variant),
          eq(outputs.run, document.run),
          sql`${outputs.errorCode} is not null`,
        ),
      )
      .returning({ format: outputs.format });
    if (!output) continue;
    const next = { ...payload, run: document.run, token };
    await tx.jobs.enqueue(tx.db, 'document.output', next, { id: token });
    queued.push('document.output');
  }
  return queued;
}
