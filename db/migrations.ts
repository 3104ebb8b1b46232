import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';

export const MIGRATIONS = join(import.meta.dirname, 'migrations');

interface Migration {
  /** The name of its files: `<tag>.sql` and `<tag>.down.sql`. */
  tag: string;
  /** When it was made, ms since 1970; drizzle's table knows it by this. */
  when: number;
}

/** The migrations of the journal, oldest first. */
export function listMigrations(folder = MIGRATIONS): Migration[] {
  return JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8')).entries;
}

/** An advisory lock of the database; the number says "FANF". */
const SCHEMA_LOCK = 0x46414e46;

/**
 * Runs `change` on a connection of its own, while nobody else changes the schema. What it leaves
 * uncommitted when it throws is undone with the connection.
 */
export async function withSchemaLock<T>(
  url: string,
  change: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [SCHEMA_LOCK]);
    return await change(client);
  } finally {
    await client.end();
  }
}
