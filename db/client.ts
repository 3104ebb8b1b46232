import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
import * as schema from './schema/index.ts';

export type Database = NodePgDatabase<typeof schema>;
/** What `Database.transaction` hands to its callback. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];
/** A verb takes either, so that verbs compose within one transaction. */
export type Executor = Database | Transaction;

export interface DatabaseHandle {
  db: Database;
  pool: Pool;
  close(): Promise<void>;
}

/** A pool of at most `max` connections. An idle connection that breaks is replaced, not fatal. */
export function openDatabase(options: {
  url: string;
  max: number;
  onError: (error: Error) => void;
}): DatabaseHandle {
  const pool = new Pool({
    connectionString: options.url,
    max: options.max,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  pool.on('error', options.onError);
  return { db: drizzle(pool, { schema }), pool, close: () => pool.end() };
}
