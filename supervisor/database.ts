import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { clusterUrl, openCluster } from './cluster.ts';
import { DATABASE } from './environment.ts';
import { prepareFolder } from './folder.ts';
import { acquireLock } from './lock.ts';
import type { Output } from './output.ts';
import { Part } from './part.ts';
import { reusePort } from './ports.ts';
import { ensureDatabase, postgresPart } from './postgres.ts';
import { endLeftovers, openRegistry } from './registry.ts';
import { loadSettings } from './settings.ts';
import { StartError } from './start-error.ts';

/**
 * Hands the address of the installation's database to `use`: that of the environment, or the
 * embedded one, which runs for as long as `use` takes if Fanfold itself is not running.
 */
export async function withDatabase<T>(
  options: { source: NodeJS.ProcessEnv; folder: string; output: Output },
  use: (url: string) => Promise<T>,
): Promise<T> {
  const { source, folder } = options;
  if (source.DATABASE_URL) return use(source.DATABASE_URL);
  prepareFolder(folder);
  const unlock = await acquireLock(folder).catch((error) => {
    if (error instanceof StartError) return undefined;
    throw error;
  });
  if (!unlock) return use(runningUrl(folder));
  try {
    return await withServer(options, use);
  } finally {
    unlock();
  }
}

function runningUrl(folder: string): string {
  const { postgresPassword: password, postgresPort: port = 0 } = loadSettings(folder);
  return clusterUrl({ port, password, database: DATABASE });
}

async function withServer<T>(
  { folder, output }: { folder: string; output: Output },
  use: (url: string) => Promise<T>,
): Promise<T> {
  const file = join(folder, 'pids.json');
  await endLeftovers(file);
  const { postgresPassword: password, postgresPort } = loadSettings(folder);
  const cluster = await openCluster(join(folder, 'postgres'), password);
  const port = await reusePort('127.0.0.1', postgresPort, []);
  const registry = openRegistry(file);
  const server = new Part({ ...postgresPart({ cluster, port, password }), registry, output });
  try {
    await server.start();
    await ensureDatabase({ port, password }, DATABASE);
    return await use(clusterUrl({ port, password, database: DATABASE }));
  } finally {
    await server.stop();
    rmSync(file, { force: true });
  }
}
