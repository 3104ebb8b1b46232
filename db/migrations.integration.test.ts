import { existsSync, readdirSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from './migrate.ts';
import { listMigrations, MIGRATIONS } from './migrations.ts';
import { rollback } from './rollback.ts';
import { createTestDatabase, type TestDatabase } from './testing/database.ts';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase('template0');
});

afterEach(() => database.drop());

test('every migration is in the journal and has a way back', () => {
  const tags = listMigrations().map(({ tag }) => tag);
  const files = readdirSync(MIGRATIONS).filter((name) => name.endsWith('.sql'));
  expect(files.sort()).toEqual(tags.flatMap((tag) => [`${tag}.down.sql`, `${tag}.sql`]).sort());
});

test('each migration, undone and applied again, leaves the catalog as it was', async () => {
  await migrate(database.url);
  const up = await readCatalog();
  expect(up.columns.length).toBeGreaterThan(0);
  for (const { tag } of listMigrations().toReversed()) {
    expect(await rollback(database.url)).toBe(tag);
    const down = await readCatalog();
    await migrate(database.url);
    expect(await readCatalog()).toEqual(up);
    await undoThrough(tag);
    expect(await readCatalog()).toEqual(down);
  }
  expect(Object.values(await readCatalog()).flat()).toEqual([]);
  await expect(rollback(database.url)).rejects.toThrow('No migration is applied.');
});

test('several processes may migrate at once', async () => {
  await Promise.all([1, 2, 3].map(() => migrate(database.url)));
  const applied = await rows('select created_at from drizzle.__drizzle_migrations');
  expect(applied).toHaveLength(listMigrations().length);
});

test('refuses to undo a migration without a way back, and changes nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fanfold-migrations-'));
  await cp(MIGRATIONS, folder, { recursive: true });
  const last = listMigrations().at(-1)?.tag;
  await rm(join(folder, `${last}.down.sql`));
  await migrate(database.url);
  const before = await readCatalog();
  await expect(rollback(database.url, folder)).rejects.toThrow(`${last} cannot be undone`);
  expect(await readCatalog()).toEqual(before);
  expect(existsSync(join(MIGRATIONS, `${last}.down.sql`))).toBe(true);
  await rm(folder, { recursive: true });
});

async function undoThrough(tag: string): Promise<void> {
  for (let undone = ''; undone !== tag; ) undone = await rollback(database.url);
}

async function readCatalog() {
  return {
    columns: await rows(
      // Postgres never gives the number of a dropped column to another one; their order is what counts.
      `select table_name, column_name, column_default, is_nullable, data_type
       from information_schema.columns where table_schema = 'public' order by 1, ordinal_position`,
    ),
    indexes: await rows(
      "select tablename, indexdef from pg_indexes where schemaname = 'public' order by 1, 2",
    ),
    constraints: await rows(
      `select conrelid::regclass::text as relation, conname, pg_get_constraintdef(oid) as definition
       from pg_constraint where connamespace = 'public'::regnamespace order by 1, 2`,
    ),
    triggers: await rows(
      'select pg_get_triggerdef(oid) as definition from pg_trigger where not tgisinternal order by 1',
    ),
    functions: await rows(
      `select pg_get_functiondef(oid) as definition from pg_proc
       where pronamespace = 'public'::regnamespace order by 1`,
    ),
    types: await rows(
      `select typname from pg_type
       where typnamespace = 'public'::regnamespace and typtype in ('e', 'd') order by 1`,
    ),
  };
}

async function rows(statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
