import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import getPort from 'get-port';
import { openDatabase } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { type Context, LOCAL_OWNER_ID } from '#server/context.ts';
import { type Env, parseEnv } from '#server/env.ts';
import { createJobQueue, createSender, installQueues } from '#server/jobs/queue.ts';
import { createAnnouncer } from '#server/live/announce.ts';
import { createLogger } from '#server/logger.ts';
import { prepareBucket } from '#server/storage/bucket.ts';
import { createStorage } from '#server/storage/client.ts';
import type { Launch } from '#supervisor/child.ts';
import { type Cluster, clusterUrl, openCluster } from '#supervisor/cluster.ts';
import { Part, type PartOptions } from '#supervisor/part.ts';
import { ensureDatabase, postgresPart } from '#supervisor/postgres.ts';
import { WORKER_FLAGS } from '#supervisor/programs.ts';
import { openRegistry, type Registry } from '#supervisor/registry.ts';
import { storePart } from '#supervisor/store.ts';
import { createWorkerFleet, type WorkerProcess } from '#worker/testing/worker-process.ts';
import { startWire, type Wire } from './wire.ts';

/** Of the project. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const HOST = '127.0.0.1';
const PASSWORD = 'faults';
const DATABASE = 'fanfold';
const NOT_DURABLE = ['fsync=off', 'full_page_writes=off', 'max_connections=200'];
const SILENT = { line() {}, info() {}, warn() {}, announce() {} };

/**
 * A whole installation of real processes. Workers and the web reach Postgres and the store by the
 * wires; `ctx`, which judges them, reaches both directly.
 */
export interface Installation {
  folder: string;
  ctx: Context;
  databaseUrl: string;
  /** What workers and the web are started with. */
  env: Env;
  wires: { database: Wire; store: Wire };
  postgres: Part;
  store: Part;
  /** Starts a worker and waits until it takes jobs. */
  startWorker(overrides?: Record<string, string>): Promise<WorkerProcess>;
  /** Starts the web process, of another version where one is named; resolves once it listens. */
  startWeb(overrides?: Record<string, string>, root?: string): Promise<Web>;
  /** Ends every worker, at once. */
  endWorkers(): Promise<void>;
  close(): Promise<void>;
}

export interface Web {
  url: string;
  pid: number;
  exited: Promise<number | null>;
}

/** `settings` are those of Postgres; by default what is lost when the machine crashes matters not. */
export async function startInstallation(settings = NOT_DURABLE): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'fanfold-faults-'));
  // As root, Postgres runs as another user, who has to pass through.
  chmodSync(folder, 0o711);
  const registry = openRegistry(join(folder, 'pids.json'));
  const ports = { postgres: await getPort({ host: HOST }), store: await getPort({ host: HOST }) };
  const cluster = await openCluster(join(folder, 'postgres'), PASSWORD);
  const postgres = supervised(registry, postgresOptions(cluster, ports.postgres, settings));
  const store = supervised(registry, storeOptions(folder, ports.store));
  await Promise.all([postgres.start(), store.start()]);
  await ensureDatabase({ port: ports.postgres, password: PASSWORD }, DATABASE);
  const wires = {
    database: await startWire({ port: ports.postgres }),
    store: await startWire({ port: ports.store }),
  };
  const direct = environment(folder, ports, ports);
  const env = environment(
    folder,
    { postgres: wires.database.port, store: wires.store.port },
    ports,
  );
  await migrate(direct.DATABASE_URL);
  await installQueues(direct.DATABASE_URL, () => undefined);
  const judge = await openJudge(direct);
  const processes = await processesOf(folder, env);
  return {
    folder,
    ctx: judge.ctx,
    databaseUrl: direct.DATABASE_URL,
    env,
    wires,
    postgres,
    store,
    ...processes,
    async close() {
      await processes.endAll();
      await judge.close();
      await Promise.all([wires.database.close(), wires.store.close()]);
      await Promise.all([postgres.stop(), store.stop()]);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function supervised(registry: Registry, part: Omit<PartOptions, 'registry' | 'output'>): Part {
  return new Part({ ...part, registry, output: SILENT });
}

function postgresOptions(cluster: Cluster, port: number, settings: string[]) {
  return postgresPart({ cluster, port, password: PASSWORD, settings });
}

const STORE_ACCESS = { id: 'faults', secret: 'faults-of-the-store' };

function storeOptions(folder: string, port: number) {
  const objects = join(folder, 'objects');
  mkdirSync(objects, { recursive: true });
  const settings = {
    secret: '',
    localKey: '',
    postgresPassword: '',
    storeAccessKeyId: STORE_ACCESS.id,
    storeSecretAccessKey: STORE_ACCESS.secret,
  };
  const env = { PATH: process.env.PATH, NODE_ENV: 'test' as const, LOG_LEVEL: 'silent' };
  return storePart({ root: ROOT, folder: objects, host: HOST, port, settings, env });
}

interface Ports {
  postgres: number;
  store: number;
}

function environment(folder: string, ports: Ports, direct: Ports): Env {
  return parseEnv({
    NODE_ENV: 'test',
    LOG_LEVEL: 'info',
    FANFOLD_DATA: join(folder, 'data'),
    DATABASE_URL: clusterUrl({ port: ports.postgres, password: PASSWORD, database: DATABASE }),
    S3_ENDPOINT: `http://${HOST}:${ports.store}`,
    S3_PUBLIC_ENDPOINT: `http://${HOST}:${direct.store}`,
    S3_ACCESS_KEY_ID: STORE_ACCESS.id,
    S3_SECRET_ACCESS_KEY: STORE_ACCESS.secret,
    FANFOLD_SECRET: '0'.repeat(64),
    FANFOLD_LOCAL_KEY: 'ff_local_'.padEnd(40, 'x'),
  });
}

async function openJudge(env: Env): Promise<{ ctx: Context; close: () => Promise<void> }> {
  const ignore = () => undefined;
  const database = openDatabase({ url: env.DATABASE_URL, max: 20, onError: ignore });
  const boss = createSender(env.DATABASE_URL, ignore);
  await boss.start();
  const logger = createLogger({ name: 'judge', level: 'silent' });
  const storage = createStorage(env);
  const announcer = createAnnouncer({ db: database.db, logger });
  await prepareBucket(storage, [`http://${HOST}:3000`], logger);
  const ctx = {
    env,
    db: database.db,
    jobs: createJobQueue(boss),
    storage,
    announcer,
    logger,
    ownerId: LOCAL_OWNER_ID,
  };
  const close = async () => {
    await announcer.close();
    await boss.stop({ graceful: false });
    await database.close();
  };
  return { ctx, close };
}

async function processesOf(folder: string, env: Env) {
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  let fleet = await createWorkerFleet({ env });
  const webs = new Set<Web>();
  const endWorkers = async () => {
    await fleet.close();
    fleet = await createWorkerFleet({ env });
  };
  return {
    startWorker: (overrides: Record<string, string> = {}) =>
      fleet.start({ WORKER_PAGE_PROCESSES: '1', TMPDIR: temporary, ...overrides }),
    endWorkers,
    async startWeb(overrides: Record<string, string> = {}, root = ROOT): Promise<Web> {
      const web = await launchWeb(env, overrides, root);
      webs.add(web);
      return web;
    },
    async endAll() {
      await fleet.close();
      for (const web of webs) kill(web.pid, 'SIGKILL');
      await Promise.all([...webs].map((web) => web.exited));
    },
  };
}

async function launchWeb(env: Env, overrides: Record<string, string>, root: string): Promise<Web> {
  const port = Number(overrides.PORT ?? (await getPort({ host: HOST })));
  const settings = environmentOf({ ...env, ...overrides, HOST, PORT: port });
  const child = spawn(process.execPath, [join(root, 'faults/harness/web.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...settings, PATH: process.env.PATH, NODE_ENV: 'test' },
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (text) => String(text).includes('"web ready"') && resolve());
    void exited.then((code) => reject(new Error(`the web process ended with ${code}`)));
  });
  return { url: `http://${HOST}:${port}`, pid: child.pid as number, exited };
}

/** The worker as its supervisor starts it, for bars in which that has to notice something. */
export function workerLaunch({ env, folder }: Installation): Launch {
  const settings = { ...env, WORKER_PAGE_PROCESSES: 1, TMPDIR: join(folder, 'tmp') };
  return {
    command: process.execPath,
    args: [...WORKER_FLAGS, join(ROOT, 'worker/main.ts')],
    env: { ...environmentOf(settings), PATH: process.env.PATH, NODE_ENV: 'test' },
    ipc: true,
    pings: true,
  };
}

export function environmentOf(settings: object): Record<string, string> {
  const entries = Object.entries(settings).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

export function kill(pid: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (pid) process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}
