import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { listMigrations, MIGRATIONS, withSchemaLock } from './migrations.ts';

/** Why there is nothing that could be undone. */
export class RollbackError extends Error {
  override readonly name = 'RollbackError';
}

/**
 * Undoes the migration that was applied last, by its `<tag>.down.sql`, in one transaction; resolves
 * to its tag. Rejects with a RollbackError when nothing is applied, when the project does not have
 * that migration, or when it has no way back.
 */
export function rollback(url: string, folder = MIGRATIONS): Promise<string> {
  return withSchemaLock(url, async (client) => {
    const applied = await lastApplied(client);
    const tag = listMigrations(folder).find(({ when }) => when === applied.when)?.tag;
    if (!tag)
      throw new RollbackError('The last migration of the database is not one of this version.');
    const file = join(folder, `${tag}.down.sql`);
    if (!existsSync(file))
      throw new RollbackError(`${tag} cannot be undone: ${tag}.down.sql is missing.`);
    await client.query('begin');
    await client.query(readFileSync(file, 'utf8'));
    await client.query('delete from drizzle.__drizzle_migrations where id = $1', [applied.id]);
    await client.query('commit');
    return tag;
  });
}

async function lastApplied(client: Client): Promise<{ id: number; when: number }> {
  const table = await client.query("select to_regclass('drizzle.__drizzle_migrations') as name");
  const { rows } = table.rows[0].name
    ? await client.query(
        'select id, created_at from drizzle.__drizzle_migrations order by created_at desc limit 1',
      )
    : { rows: [] };
  if (!rows[0]) throw new RollbackError('No migration is applied.');
  return { id: rows[0].id, when: Number(rows[0].created_at) };
}
