/** The Postgres schema of pg-boss. */
export const JOB_SCHEMA = 'pgboss';
