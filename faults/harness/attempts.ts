import { setTimeout as sleep } from 'node:timers/promises';
import { asc, eq } from 'drizzle-orm';
import { attempts } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';

export type AttemptRow = typeof attempts.$inferSelect;

export function readAttempts(ctx: Context, documentId: string): Promise<AttemptRow[]> {
  return ctx.db
    .select()
    .from(attempts)
    .where(eq(attempts.documentId, documentId))
    .orderBy(asc(attempts.startedAt));
}

/** Attempts beyond the first of each page: what was read, or begun, twice. */
export function repeats(rows: AttemptRow[]): number {
  return rows.length - new Set(rows.map((row) => row.pageId)).size;
}

/** Waits for an attempt that runs on the worker with this pid; undefined where there is none in time. */
export async function untilReading(
  ctx: Context,
  documentId: string,
  pid: number | undefined,
  withinMs = 30_000,
): Promise<AttemptRow | undefined> {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    const rows = await readAttempts(ctx, documentId);
    const found = rows.find((row) => row.outcome === 'running' && row.worker.endsWith(`:${pid}`));
    if (found) return found;
    await sleep(20);
  }
  return undefined;
}

/** Waits for the attempt that takes the page up after `lost`; resolves to the seconds since `since`. */
export async function untilTakenOver(
  ctx: Context,
  lost: AttemptRow,
  since: number,
  withinMs = 120_000,
): Promise<number> {
  while (Date.now() - since < withinMs) {
    const rows = await readAttempts(ctx, lost.documentId);
    const next = rows.find((row) => row.pageId === lost.pageId && row.number > lost.number);
    if (next) return (Date.now() - since) / 1000;
    await sleep(50);
  }
  return Number.POSITIVE_INFINITY;
}
