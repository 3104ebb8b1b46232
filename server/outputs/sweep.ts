import { and, eq, isNotNull } from 'drizzle-orm';
import { outputs } from '#db/schema/index.ts';
import { inTransaction, type SystemContext } from '../context.ts';
import { lockDocument } from '../documents/internal.ts';
import { FanfoldError } from '../errors.ts';
import { jobIsGone } from '../jobs/gone.ts';
import { recordFailure } from './make.ts';

const BATCH = 500;

const isLost = and(isNotNull(outputs.jobId), jobIsGone(outputs.jobId, ['document.output']));

/** Ends outputs that are being made by a job that is gone. Returns how many; safe to repeat. */
export async function sweepOutputs(ctx: SystemContext): Promise<number> {
  const lost = await ctx.db.select().from(outputs).where(isLost).limit(BATCH);
  const error = new FanfoldError('WORKER_CRASHED', {
    sentence: 'The worker that made this output stopped each time it tried.',
  });
  for (const row of lost) {
    await inTransaction(ctx, async (tx) => {
      await lockDocument(tx, row.documentId);
      const still = and(isLost, eq(outputs.jobId, row.jobId ?? ''));
      const [found] = await tx.db.select().from(outputs).where(still);
      if (found) await recordFailure(tx, found, error);
    });
  }
  return lost.length;
}
