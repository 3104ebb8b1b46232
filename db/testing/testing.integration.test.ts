import { Client } from 'pg';
import { expect, test } from 'vitest';
import { JOB_NAMES } from '#server/jobs/catalog.ts';
import { createTestDatabase } from './database.ts';
import { startTestStore } from './store.ts';

test('each test database has the tables and queues, and no rows of another', async () => {
  const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  await query(one.url, "insert into owners (id, name) values (uuidv7(), 'someone')");
  const names = await query(two.url, 'select name from pgboss.queue');
  expect(names.map(({ name }) => name)).toEqual(expect.arrayContaining(JOB_NAMES));
  expect(await query(two.url, "select from owners where name = 'someone'")).toEqual([]);
  await Promise.all([one.drop(), two.drop()]);
  await expect(query(one.url, 'select 1')).rejects.toThrow('does not exist');
});

test('the test store lets no stranger in, and is gone once it was closed', async () => {
  const store = await startTestStore();
  expect((await fetch(`${store.url}/bucket`)).status).toBe(403);
  await store.close();
  await expect(fetch(store.url)).rejects.toThrow();
});

async function query(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
