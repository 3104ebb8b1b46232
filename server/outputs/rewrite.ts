import { randomUUID } from 'node:crypto';
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { type DocumentRow, outputs } from '#db/schema/index.ts';
import { inTransaction, type SystemContext } from '../context.ts';
import { appendEvent, lockDocument, type TransactionContext } from '../documents/internal.ts';
import type { JobPayload } from '../jobs/catalog.ts';
import { JOB_SCHEMA } from '../jobs/schema-name.ts';
import { isOutput, type OutputRow } from './internal.ts';

/** Seconds in which corrections gather, and between looks at an output that is being made. */
const GATHER = 2;

/**
 * Has the outputs of a document made anew, once for all that changes until then. Before they are
 * there, there is nothing to do. The caller holds the document's lock.
 */
export async function requestRewrite(tx: TransactionContext, document: DocumentRow): Promise<void> {
  if (!['assembling', 'completed', 'partial'].includes(document.status)) return;
  const { id: documentId, ownerId, run } = document;
  const options = { singletonKey: documentId, startAfter: GATHER };
  await tx.jobs.enqueue(tx.db, 'document.rewrite', { documentId, ownerId, run }, options);
}

/**
 * Orders every output that is there anew. One that is being made may have begun before the change:
 * it is left to end, and looked at again.
 */
export function rewriteOutputs({
  ctx,
  input,
}: {
  ctx: SystemContext;
  input: JobPayload<'document.rewrite'>;
}): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    // A change that is being written when this job begins holds the lock: it is seen after it.
    const document = await lockDocument(tx, input.documentId);
    if (!document || document.run !== input.run) return;
    if (document.status === 'assembling') return requestRewrite(tx, document);
    const rows = await tx.db
      .select()
      .from(outputs)
      .where(and(eq(outputs.documentId, document.id), isOut));
    for (const row of rows) await orderAgain(tx, document, row);
    const running = await tx.db
      .select({ format: outputs.format })
      .from(outputs)
      .where(and(eq(outputs.documentId, document.id), isBeingMade));
    if (running.length > 0) await requestRewrite(tx, document);
  });
}

/** There, and not about to be made. */
const isOut = and(isNotNull(outputs.key), isNull(outputs.jobId));

/** Its job has begun, or is about to. */
const isBeingMade = and(
  isNotNull(outputs.jobId),
  sql`exists (select 1 from ${sql.identifier(JOB_SCHEMA)}.job as job
    where job.name = 'document.output' and job.id = ${outputs.jobId} and job.state = 'active')`,
);

async function orderAgain(
  tx: TransactionContext,
  { id: documentId, ownerId, run }: DocumentRow,
  { format, variant }: OutputRow,
): Promise<void> {
  const jobId = randomUUID();
  await tx.db.update(outputs).set({ jobId, run }).where(isOutput(documentId, { format, variant }));
  await appendEvent(tx, documentId, 'output.requested', { format, variant });
  const payload = { documentId, ownerId, run, format, variant, token: jobId };
  await tx.jobs.enqueue(tx.db, 'document.output', payload, { id: jobId });
}
