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
  /** Of these, until its first page was begun. */
  waited: number;
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
  return { seconds, ...(await eventsOf(ctx, documentId)) };
}

async function eventsOf(ctx: Context, documentId: string): Promise<Omit<Course, 'seconds'>> {
  // The first tells that the upload may begin.
  const [, ...rows] = await ctx.db
    .select({ type: events.type, at: events.createdAt })
    .from(events)
    .where(eq(events.documentId, documentId))
    .orderBy(asc(events.seq));
  const secondsTo = (index: number, from: number) =>
    ((rows[index]?.at.getTime() ?? Number.NaN) - (rows[from]?.at.getTime() ?? 0)) / 1000;
  const steps = rows.map(({ type }, index) => `${type} ${secondsTo(index, index - 1).toFixed(2)}`);
  const begun = rows.findIndex(({ type }) => type === 'page.started');
  return { waited: secondsTo(begun, 0), steps: steps.slice(1).join(', ') };
}
