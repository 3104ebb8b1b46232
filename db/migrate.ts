import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import { MIGRATIONS, withSchemaLock } from './migrations.ts';

/**
 * Applies the migrations that the database does not have yet, all in one transaction. Several
 * processes may call it at once.
 */
export async function migrate(url: string, folder = MIGRATIONS): Promise<void> {
  await withSchemaLock(url, (client) =>
    applyMigrations(drizzle(client), { migrationsFolder: folder }),
  );
}
