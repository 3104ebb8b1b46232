import { Client } from 'pg';
import { type Cluster, clusterUrl } from './cluster.ts';
import { endServersIn, stoppedServersIn } from './orphans.ts';
import type { PartOptions } from './part.ts';
import { type StopPolicy, sendSignal } from './processes.ts';

/** SIGINT is Postgres' fast shutdown, SIGQUIT its immediate one; after SIGKILL it would leave children. */
const POSTGRES_STOP: StopPolicy = { signal: 'SIGINT', graceMs: 30_000, force: 'SIGQUIT' };

export function postgresPart(options: {
  cluster: Cluster;
  port: number;
  password: string;
  /** Settings of the server, as `name=value`. */
  settings?: string[];
}): Pick<PartOptions, 'name' | 'launch' | 'ready' | 'stop' | 'prepare' | 'alive'> {
  const { cluster, port, password, settings } = options;
  const url = clusterUrl({ port, password, database: 'postgres' });
  return {
    name: 'postgres',
    launch: cluster.launch(port, ['log_line_prefix=', 'log_checkpoints=off', ...(settings ?? [])]),
    prepare: () => endServersIn(cluster.folder),
    ready: { probe: () => answers(url) },
    alive: watchServer(cluster.folder, url),
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
  return (await ask(url, 2_000)) === undefined;
}

/** Asks the simplest question; resolves to what went wrong. */
async function ask(url: string, connectMs: number): Promise<unknown> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: connectMs,
    query_timeout: 5_000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
  } catch (error) {
    return error;
  } finally {
    // A server that is stopped never says goodbye.
    void client.end().catch(() => {});
  }
}

/** Questions in a row that find a process stopped before it is continued. */
const STOPPED_LOOKS = 3;

/**
 * Whether the server answers, be it with an error. A process of it that somebody has stopped may
 * hold locks that everybody waits for, while the server answers well: it is continued.
 */
function watchServer(folder: string, url: string): () => Promise<boolean> {
  let looks = new Map<number, number>();
  return async () => {
    looks = new Map(stoppedServersIn(folder).map((pid) => [pid, (looks.get(pid) ?? 0) + 1]));
    for (const [pid, count] of looks) if (count >= STOPPED_LOOKS) sendSignal(pid, 'SIGCONT');
    return responds(url);
  };
}

const SQLSTATE = /^[0-9A-Z]{5}$/;

async function responds(url: string): Promise<boolean> {
  const error = await ask(url, 5_000);
  return error === undefined || SQLSTATE.test(String((error as { code?: unknown }).code));
}
