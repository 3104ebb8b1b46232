import { sql } from 'drizzle-orm';
import { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MAX_ATTEMPTS } from '#server/jobs/catalog.ts';
import { JOB_SCHEMA } from '#server/jobs/schema-name.ts';
import { type Harness, startHarness } from '#server/testing/harness.ts';
import { GIVEN_BACK, restartLostJobs, spareTry } from './lost-jobs.ts';

const QUEUE = 'document.assemble';

let harness: Harness;
let boss: PgBoss;

beforeAll(async () => {
  harness = await startHarness();
  const options = { migrate: false, supervise: false, schedule: false };
  boss = new PgBoss({ connectionString: harness.databaseUrl, schema: JOB_SCHEMA, ...options });
  boss.on('error', () => undefined);
  await boss.start();
});
afterAll(async () => {
  await boss.stop({ graceful: false });
  await harness.close();
});

/** Takes the job that is due, and fails it with a message. */
async function takeAndFail(message: string): Promise<void> {
  const [job] = await boss.fetch(QUEUE);
  if (!job) throw new Error('no job is due');
  if (message === GIVEN_BACK) await spareTry(harness.ctx.db, QUEUE, job.id);
  await boss.fail(QUEUE, job.id, { message });
  await restartLostJobs(harness.ctx.db, boss);
}

async function row(): Promise<Record<string, unknown>> {
  const { rows } = await harness.ctx.db.execute(sql`
    select state, retry_limit - retry_count as left, start_after <= now() as due
    from pgboss.job where name = ${QUEUE}`);
  return rows[0] ?? {};
}

test('a job that stopping workers give back is due at once, and never given up for it', async () => {
  await boss.send(QUEUE, {});
  for (let stops = 0; stops < MAX_ATTEMPTS + 1; stops += 1) await takeAndFail(GIVEN_BACK);
  expect(await row()).toMatchObject({ state: 'retry', due: true });
  expect(Number((await row()).left)).toBeGreaterThanOrEqual(1);
});

test('a job that failed waits, and is given up in the end', async () => {
  await harness.ctx.db.execute(sql`delete from pgboss.job`);
  await boss.send(QUEUE, {});
  await takeAndFail('it failed');
  expect(await row()).toMatchObject({ state: 'retry', due: false });
});
