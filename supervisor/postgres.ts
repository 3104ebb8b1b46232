import { Client } from 'pg';
import { type Cluster, clusterUrl } from './cluster.ts';
import { endServersIn } from './orphans.ts';
import type { PartOptions } from './part.ts';
import type { StopPolicy } from './processes.ts';

/** SIGINT is Postgres' fast shutdown, SIGQUIT its immediate one; after SIGKILL it would leave children. */
export const POSTGRES_STOP: StopPolicy = { signal: 'SIGINT', graceMs: 30_000, force: 'SIGQUIT' };

export function postgresPart(options: {
  cluster: Cluster;
  port: number;
  password: string;
  /** Settings of the server, as `name=value`. */
  settings?: string[];
}): Pick<PartOptions, 'name' | 'launch' | 'ready' | 'stop' | 'prepare'> {
  const { cluster, port, password, settings } = options;
  const url = clusterUrl({ port, password, database: 'postgres' });
  return {
    name: 'postgres',
    launch: cluster.launch(port, ['log_line_prefix=', 'log_checkpoints=off', ...(settings ?? [])]),
    prepare: () => endServersIn(cluster.folder),
    ready: { probe: () => answers(url) },
    stop: POSTGRES_STOP,
  };
}

/** Makes the database `name` in a running cluster where there is none. */
export async function ensureDatabase(
  server: { port: number; password: string },
  name: string,
): Promise<void> {
  const client = new Client(clusterUrl({ ...server, database: 'postgres' }));
  await client.connect();
  try {
    const found = await client.query('select from pg_database where datname = $1', [name]);
    if (found.rowCount === 0)
      await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}
