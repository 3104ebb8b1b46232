import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { readAttempts, repeats } from '../harness/attempts.ts';
import { type Bar, exactly, holds, type World } from '../harness/bar.ts';
import { standardLoad } from '../harness/baseline.ts';
import { checkInvariants, watchProgress } from '../harness/invariants.ts';
import { submit, untilRead } from '../harness/load.ts';

const PRELOAD = fileURLToPath(new URL('../harness/shifted-clock.ts', import.meta.url));
const MINUTES = 5;

export const skewedClocks: Bar = {
  id: 'R25',
  title: `two workers, one ${MINUTES} min ahead of the database, one as much behind`,
  async run(world) {
    const { ctx } = world;
    const load = await standardLoad(world);
    await Promise.all(
      [MINUTES, -MINUTES].map((minutes) =>
        world.startWorker({
          NODE_OPTIONS: `--import=${PRELOAD}`,
          CLOCK_SHIFT_MS: String(minutes * 60_000),
        }),
      ),
    );
    const documentId = await submit(ctx, load.bytes);
    const stopWatching = watchProgress(ctx, documentId);
    const row = await untilRead(ctx, documentId, load);
    const wrong = [...(await stopWatching()), ...(await checkInvariants(ctx, documentId, load))];
    const attempts = await readAttempts(ctx, documentId);
    const found = await countSkewed(world, documentId);
    return [
      exactly('it ends', row.status, 'completed'),
      exactly('workers that read', new Set(attempts.map(({ worker }) => worker)).size, 2),
      exactly('pages begun twice', repeats(attempts), 0),
      exactly('jobs whose lease ran out', found.retries, 0),
      exactly('times in rows that are not the database’s', found.skewed, 0),
      holds(wrong),
    ];
  },
};

/** Jobs that were tried again, and rows whose times lie before their beginning or after now. */
async function countSkewed({ ctx }: World, documentId: string) {
  const { rows } = await ctx.db.execute<{ retries: number; skewed: number }>(sql`
    select
      (select coalesce(sum(retry_count), 0)::int from pgboss.job
        where data->>'documentId' = ${documentId}) as retries,
      (select count(*)::int from (
        select created_at as begun, finished_at as ended from documents where id = ${documentId}
        union all select started_at, finished_at from pages where document_id = ${documentId}
        union all select started_at, finished_at from attempts where document_id = ${documentId}
      ) as times where ended < begun or ended > now() + interval '5 seconds') as skewed`);
  return rows[0] ?? { retries: -1, skewed: -1 };
}
