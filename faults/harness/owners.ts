import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { events, owners } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { finalizeDocument } from '#server/documents/finalize.ts';
import { type Load, untilEnded, upload } from './load.ts';

export async function anotherOwner(ctx: Context): Promise<Context> {
  const ownerId = randomUUID();
  await ctx.db.insert(owners).values({ id: ownerId, name: 'other' });
  return { ...ctx, ownerId };
}

/** A document's way from finalize to its end. */
export interface Course {
  seconds: number;
  /** Each event with the seconds since the one before it. */
  steps: string;
}

/** Has the load read, with what came before it counted in. */
export async function readOnce(ctx: Context, load: Load): Promise<Course> {
  const documentId = await upload(ctx, load.bytes);
  const startedAt = performance.now();
  await finalizeDocument({ ctx, input: { documentId } });
  await untilEnded(ctx, documentId);
  const seconds = (performance.now() - startedAt) / 1000;
  return { seconds, steps: await stepsOf(ctx, documentId) };
}

async function stepsOf(ctx: Context, documentId: string): Promise<string> {
  const rows = await ctx.db
    .select({ type: events.type, at: events.createdAt })
    .from(events)
    .where(eq(events.documentId, documentId))
    .orderBy(asc(events.seq));
  const took = rows.slice(1).map(({ type, at }, index) => {
    const seconds = (at.getTime() - (rows[index]?.at.getTime() ?? 0)) / 1000;
    return `${type} ${seconds.toFixed(2)}`;
  });
  // The first tells how long the upload took.
  return took.slice(1).join(', ');
}
