import { and, eq, sql } from 'drizzle-orm';
import { pages, rereadings } from '#db/schema/index.ts';
import type { SystemContext } from '../context.ts';
import { FanfoldError } from '../errors.ts';
import { JOB_SCHEMA } from '../jobs/schema-name.ts';
import { failRereading } from './finish.ts';

const BATCH = 500;

const isLost = and(
  eq(rereadings.status, 'pending'),
  sql`not exists (
    select 1 from ${sql.identifier(JOB_SCHEMA)}.job as job
    where job.name = 'page.reread' and job.data->>'rereadingId' = ${rereadings.id}::text
      and job.state in ('created', 'retry', 'active'))`,
);

/** Ends second readings whose job is gone, as failed. Returns how many; safe to repeat. */
export async function sweepRereadings(ctx: SystemContext): Promise<number> {
  const lost = await ctx.db
    .select({
      documentId: rereadings.documentId,
      pageId: rereadings.pageId,
      page: pages.number,
      rereadingId: rereadings.id,
    })
    .from(rereadings)
    .innerJoin(pages, eq(pages.id, rereadings.pageId))
    .where(isLost)
    .limit(BATCH);
  const error = new FanfoldError('WORKER_CRASHED', {
    sentence: 'The worker that read this page again stopped each time it tried.',
  });
  for (const place of lost) await failRereading({ ctx, input: { ...place, error } });
  return lost.length;
}
