import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Client, type ClientConfig, Pool, type QueryResult } from 'pg';
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

/**
 * A client that closes its connection when a query outlasts its time: nobody knows what state it is
 * in, and whoever took it next from a pool would wait, too. A connection that breaks between two
 * statements of a transaction, when a pool does not listen, does not end the process: the next
 * statement rejects.
 */
class MistrustfulClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.on('error', () => {});
  }

  override query = ((...args: Parameters<Client['query']>) => {
    const result: unknown = super.query(...args);
    if (result instanceof Promise) result.catch((error) => this.#mistrust(error));
    return result as Promise<QueryResult>;
  }) as Client['query'];

  #mistrust(error: unknown): void {
    const outlasted = error instanceof Error && error.message === 'Query read timeout';
    const { connection } = this as unknown as { connection: { stream: { destroy(): void } } };
    if (outlasted) connection.stream.destroy();
  }
}

/**
 * Milliseconds, so that nothing waits for ever: for a process that was frozen within a transaction
 * and holds its locks, for a server that does not answer, for a connection that is half-open.
 */
export const CONNECTION_LIMITS = {
  Client: MistrustfulClient,
  connectionTimeoutMillis: 10_000,
  idle_in_transaction_session_timeout: 10_000,
  statement_timeout: 15_000,
  query_timeout: 18_000,
  keepAlive: true,
} as const;

/** A pool of at most `max` connections. An idle connection that breaks is replaced, not fatal. */
export function openDatabase(options: {
  url: string;
  max: number;
  onError: (error: Error) => void;
}): DatabaseHandle {
  const pool = new Pool({
    ...CONNECTION_LIMITS,
    connectionString: options.url,
    max: options.max,
  });
  pool.on('error', options.onError);
  return { db: drizzle(pool, { schema }), pool, close: () => pool.end() };
}
