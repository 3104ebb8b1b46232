import { sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { JobName } from './catalog.ts';
import { JOB_SCHEMA } from './schema-name.ts';

/** Holds where no job of these queues waits or runs under this id; pg-boss keys its jobs by name and id. */
export const jobIsGone = (jobId: PgColumn, names: JobName[]) => sql`not exists (
  select 1 from ${sql.identifier(JOB_SCHEMA)}.job as job
  where job.name in ${names} and job.id = ${jobId} and job.state in ('created', 'retry', 'active'))`;
