import { type SQL, sql } from 'drizzle-orm';
import { DEAD_LETTER_QUEUE, type JobName } from '../jobs/catalog.ts';
import { JOB_SCHEMA } from '../jobs/schema-name.ts';
import type { DeadLetterFilter } from './schemas.ts';

export const jobTable = sql`${sql.identifier(JOB_SCHEMA)}.job`;

/** A job in the dead letter queue, as pg-boss keeps it. */
export interface DeadLetterRow extends Record<string, unknown> {
  id: string;
  kind: JobName;
  payload: { documentId?: string; pageId?: string; page?: number; run?: number };
  output: { code?: string; name?: string; message?: string; stack?: string } | null;
  retries: number;
  /** As Postgres writes them. */
  queuedAt: string;
  failedAt: string;
}

/** A worker tells the code; where it went silent, pg-boss has written the output. */
const codeColumn = sql<string>`coalesce(source_output->>'code', 'WORKER_CRASHED')`;

export const rowColumns = sql`id, source_name as kind, data as payload, source_output as output,
  coalesce(source_retry_count, 0) as retries, source_created_on as "queuedAt", created_on as "failedAt"`;

export function matches(filter: DeadLetterFilter): SQL {
  const conditions = [
    sql`name = ${DEAD_LETTER_QUEUE} and state = 'created' and source_name is not null`,
    filter.ids && sql`id in ${filter.ids}`,
    filter.kind && sql`source_name = ${filter.kind}`,
    filter.code && sql`${codeColumn} = ${filter.code}`,
    filter.documentId && sql`data->>'documentId' = ${filter.documentId}`,
    filter.before && sql`created_on < ${filter.before}::timestamptz`,
  ];
  return sql.join(
    conditions.filter((condition) => condition !== undefined),
    sql` and `,
  );
}
