import { type Database, openDatabase } from '#db/client.ts';
import type { Installation } from './installation.ts';

/** Lets `work` at the installation's database: for what no client can do. */
export async function withDatabase<T>(
  { databaseUrl: url }: Installation,
  work: (db: Database) => Promise<T>,
): Promise<T> {
  const { db, close } = openDatabase({ url, max: 1, onError: () => undefined });
  try {
    return await work(db);
  } finally {
    await close();
  }
}
