import { sql } from 'drizzle-orm';
import type { PgBoss } from 'pg-boss';
import type { Executor } from '#db/client.ts';
import type { JobName } from '#server/jobs/catalog.ts';
import { JOB_SCHEMA } from '#server/jobs/schema-name.ts';

/** What pg-boss writes on a job whose worker has gone silent. */
const GONE_SILENT = 'job heartbeat timeout';

/**
 * Makes jobs whose worker died due at once: a pause before the next try is for what failed, and
 * these did not fail. Their tries count all the same.
 */
export async function restartLostJobs(db: Executor, boss: PgBoss): Promise<void> {
  const { rows } = await db.execute<{ id: string; name: JobName }>(sql`
    select id, name from ${sql.identifier(JOB_SCHEMA)}.job
    where state = 'retry' and start_after > now()
      and output #>> '{value,message}' = ${GONE_SILENT}`);
  for (const { id, name } of rows) await boss.update(name, undefined, { id, startAfter: 0 });
}
