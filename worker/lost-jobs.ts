import { sql } from 'drizzle-orm';
import type { PgBoss } from 'pg-boss';
import type { Executor } from '#db/client.ts';
import type { JobName } from '#server/jobs/catalog.ts';
import { JOB_SCHEMA } from '#server/jobs/schema-name.ts';

/** What pg-boss writes on a job whose worker has gone silent. */
const GONE_SILENT = 'job heartbeat timeout';

/** What a worker that stops writes on a job that it gives back. */
export const GIVEN_BACK = 'the worker was stopped';

/** Lets a job that a stopping worker fails be tried as often as if it had never been taken. */
export async function spareTry(db: Executor, name: JobName, id: string): Promise<void> {
  await db.execute(sql`
    update ${sql.identifier(JOB_SCHEMA)}.job set retry_limit = retry_limit + 1
    where name = ${name} and id = ${id} and state = 'active'`);
}

/**
 * Makes jobs due at once whose worker died or gave them back: a pause before the next try is for
 * what failed, and these did not fail. A try that a dead worker made counts all the same.
 */
export async function restartLostJobs(db: Executor, boss: PgBoss): Promise<void> {
  const { rows } = await db.execute<{ id: string; name: JobName }>(sql`
    select id, name from ${sql.identifier(JOB_SCHEMA)}.job
    where state = 'retry' and start_after > now()
      and (output #>> '{value,message}' = ${GONE_SILENT} or output ->> 'message' = ${GIVEN_BACK})`);
  for (const { id, name } of rows) await boss.update(name, undefined, { id, startAfter: 0 });
}
