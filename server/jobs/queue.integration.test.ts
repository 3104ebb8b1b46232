import { sql } from 'drizzle-orm';
import { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { correctWords } from '../corrections/correct.ts';
import { listDeadLetters } from '../dead-letters/list.ts';
import { type Harness, startHarness } from '../testing/harness.ts';
import { readDocumentOf } from '../testing/read-document.ts';
import { JOB_SCHEMA } from './schema-name.ts';

let harness: Harness;
let boss: PgBoss;

beforeAll(async () => {
  harness = await startHarness();
  const connectionString = harness.databaseUrl;
  boss = new PgBoss({ connectionString, schema: JOB_SCHEMA, migrate: false, supervise: false });
  boss.on('error', () => undefined);
  await boss.start();
});
afterAll(async () => {
  await boss.stop({ graceful: false });
  await harness.close();
});

test('a job that opens no file is tried on while what it needs is away, and given up in the end', async () => {
  const { ctx } = harness;
  const { documentId, layouts } = await readDocumentOf(ctx, 'The qnick fox');
  const words = { layout: layouts[0] ?? '', first: 1, count: 1, shown: 'qnick', text: 'quick' };
  await correctWords({ ctx, input: { documentId, page: 1, ...words } });
  for (let time = 0; time < 20; time += 1) await failOnce();
  expect(await countDeadLetters()).toBe(0);
  await ctx.db.execute(sql`update pgboss.job set retry_count = retry_limit`);
  await failOnce();
  expect(await countDeadLetters()).toBe(1);
});

async function failOnce() {
  await harness.ctx.db.execute(sql`update pgboss.job set start_after = now()`);
  const [job] = await boss.fetch('document.rewrite');
  if (!job) throw new Error('no job waits');
  await boss.fail('document.rewrite', job.id, new Error('the database is away'));
}

async function countDeadLetters(): Promise<number> {
  const { total } = await listDeadLetters({ ctx: harness.ctx, input: { limit: 1, offset: 0 } });
  return total;
}
