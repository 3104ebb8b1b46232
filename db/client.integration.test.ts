import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isDatabaseUnavailable } from '#server/database-errors.ts';
import { type DatabaseHandle, openDatabase } from './client.ts';
import { createTestDatabase, type TestDatabase } from './testing/database.ts';

let database: TestDatabase;
let handle: DatabaseHandle;

beforeAll(async () => {
  database = await createTestDatabase();
  handle = openDatabase({ url: database.url, max: 3, onError: () => undefined });
});
afterAll(async () => {
  await handle.close();
  await database.drop();
});

test('a connection that breaks between two statements fails its transaction and nothing else', async () => {
  const broken = handle.db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    await handle.db.execute(sql`select pg_terminate_backend(${rows[0]?.pid})`);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await tx.execute(sql`select 1`);
  });
  const error = await broken.catch((reason: unknown) => reason);
  expect(isDatabaseUnavailable(error)).toBe(true);
  expect((await handle.db.execute(sql`select 1 as one`)).rows).toEqual([{ one: 1 }]);
});

test('a transaction that is left open is ended by the server, with its locks', async () => {
  const { rows } = await handle.db.execute<{ setting: string }>(
    sql`select setting from pg_settings where name = 'idle_in_transaction_session_timeout'`,
  );
  expect(Number(rows[0]?.setting)).toBe(10_000);
});
