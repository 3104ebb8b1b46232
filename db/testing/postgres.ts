import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { clusterUrl, openCluster } from '#supervisor/cluster.ts';
import { Part } from '#supervisor/part.ts';
import { ensureDatabase, postgresPart } from '#supervisor/postgres.ts';
import { openRegistry } from '#supervisor/registry.ts';

/** The database that every test database is a copy of. */
export const TEMPLATE = 'fanfold_template';

/** What is lost in a crash of the machine matters to no test. */
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'];

export interface TestPostgres {
  /** The address of the `postgres` database, as its superuser. */
  adminUrl: string;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
}

/**
 * Starts a Postgres of its own, in a temporary folder and on a free port of 127.0.0.1. It ends with
 * this process, however that ends. `prepareTemplate` fills the database that tests get copies of.
 */
export async function startTestPostgres(options: {
  prepareTemplate: (url: string) => Promise<void>;
}): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'fanfold-postgres-'));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  try {
    return await startIn(folder, options.prepareTemplate, removeFolder);
  } catch (error) {
    removeFolder();
    throw error;
  }
}

async function startIn(
  folder: string,
  prepareTemplate: (url: string) => Promise<void>,
  removeFolder: () => void,
): Promise<TestPostgres> {
  // As root, Postgres runs as another user, who has to pass through.
  chmodSync(folder, 0o711);
  const password = 'test';
  const port = await getPort({ host: '127.0.0.1' });
  const cluster = await openCluster(join(folder, 'postgres'), password);
  const silent = () => {};
  const server = new Part({
    ...postgresPart({ cluster, port, password, settings: FAST }),
    registry: openRegistry(join(folder, 'pids.json')),
    output: { line: silent, info: silent, warn: console.warn, announce: silent },
  });
  try {
    await server.start();
    await ensureDatabase({ port, password }, TEMPLATE);
    await prepareTemplate(clusterUrl({ port, password, database: TEMPLATE }));
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    adminUrl: clusterUrl({ port, password, database: 'postgres' }),
    stop: () => server.stop().then(removeFolder),
  };
}
