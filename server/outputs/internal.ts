import { and, eq } from 'drizzle-orm';
import type { Executor } from '#db/client.ts';
import { outputs } from '#db/schema/index.ts';
import type { OutputName } from './variants.ts';

export type OutputRow = typeof outputs.$inferSelect;

export function isOutput(documentId: string, { format, variant }: OutputName) {
  return and(
    eq(outputs.documentId, documentId),
    eq(outputs.format, format),
    eq(outputs.variant, variant),
  );
}

export async function findOutput(
  db: Executor,
  documentId: string,
  name: OutputName,
): Promise<OutputRow | undefined> {
  const [row] = await db.select().from(outputs).where(isOutput(documentId, name));
  return row;
}

export type ReadyOutput = OutputRow & { key: string; sizeBytes: number };

/** Whether the output is there, and not out of date. */
export function isReady(output: OutputRow | undefined): output is ReadyOutput {
  return output?.key != null && output.jobId === null;
}
