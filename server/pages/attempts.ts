import { asc, eq } from 'drizzle-orm';
import { attempts } from '#db/schema/index.ts';
import type { Context } from '../context.ts';
import { getOwnedPage } from '../documents/internal.ts';
import { ERRORS, type ErrorCode } from '../errors.ts';

/** A try at a page as callers see it. */
export interface AttemptView {
  /** From 1. */
  number: number;
  outcome: (typeof attempts.$inferSelect)['outcome'];
  error: { code: ErrorCode; sentence: string } | null;
  /** Milliseconds of each step, by its name. */
  timings: Record<string, number>;
  startedAt: string;
  finishedAt: string | null;
}

/** Every try at a page, the first first. */
export async function listAttempts({
  ctx,
  input,
}: {
  ctx: Context;
  input: { documentId: string; page: number };
}): Promise<AttemptView[]> {
  const page = await getOwnedPage(ctx, input.documentId, input.page);
  const rows = await ctx.db
    .select()
    .from(attempts)
    .where(eq(attempts.pageId, page.id))
    .orderBy(asc(attempts.number), asc(attempts.startedAt));
  return rows.map(({ number, outcome, errorCode, timings, startedAt, finishedAt }) => ({
    number,
    outcome,
    error: errorCode && { code: errorCode, sentence: ERRORS[errorCode].sentence },
    timings: timings ?? {},
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  }));
}
