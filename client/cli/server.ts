import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { createFanfoldClient, type FanfoldClient, fanfoldErrorOf } from '../index.ts';
import { type CliContext, CommandError } from './context.ts';

const PROJECT = join(import.meta.dirname, '../..');

const NOT_RUNNING =
  'No Fanfold is running here. Start it with `npm start`, or set FANFOLD_URL and FANFOLD_API_KEY.';

/** Milliseconds in which a server answers its first question. */
const PATIENCE = 15_000;

/** The client for the server that is named, or runs here; rejects with a CommandError. */
export async function connect(
  context: CliContext,
  named: string | undefined,
): Promise<FanfoldClient> {
  const server = findServer(context.env, named);
  const client = createFanfoldClient(server);
  try {
    const signal = AbortSignal.any([context.signal, AbortSignal.timeout(PATIENCE)]);
    await client.system.info.query(undefined, { signal });
    return client;
  } catch (error) {
    context.signal.throwIfAborted();
    throw new CommandError(describeRefusal(server, error), { cause: error });
  }
}

interface Server {
  url: string;
  apiKey: string | undefined;
  /** Found through this machine's data folder. */
  local: boolean;
}

function findServer(env: CliContext['env'], named: string | undefined): Server {
  const url = named || env.FANFOLD_URL;
  if (url) return { url: requireUrl(url), apiKey: env.FANFOLD_API_KEY || undefined, local: false };
  return findLocalServer({ ...readEnvFile(), ...env });
}

function requireUrl(url: string): string {
  if (URL.canParse(url) && /^https?:/.test(url)) return url;
  throw new CommandError(
    `"${url}" is not the address of a server. It looks like http://host:3000.`,
  );
}

/** The supervisor reads the same file. */
function readEnvFile(): Record<string, string | undefined> {
  const text = readIfThere(join(PROJECT, '.env'));
  return text === undefined ? {} : parseEnv(text);
}

function findLocalServer(env: CliContext['env']): Server {
  const folder = resolve(PROJECT, env.FANFOLD_DATA || '.fanfold');
  const run = readJson<{ url: string; pid: number }>(join(folder, 'run.json'));
  if (!run || !isAlive(run.pid)) throw new CommandError(NOT_RUNNING);
  const settings = readJson<{ localKey: string }>(join(folder, 'settings.json'));
  const apiKey = env.FANFOLD_API_KEY || env.FANFOLD_LOCAL_KEY || settings?.localKey;
  return { url: run.url, apiKey, local: true };
}

function readJson<T>(file: string): T | undefined {
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new CommandError(`${file} cannot be read.`, { cause: error });
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new CommandError(`${file} cannot be read (${code}).`, { cause: error });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function describeRefusal({ url, local }: Server, error: unknown): string {
  const known = fanfoldErrorOf(error);
  if (known?.code === 'UNAUTHORIZED') {
    return `The Fanfold at ${url} does not accept this key. Set FANFOLD_API_KEY. (UNAUTHORIZED)`;
  }
  if (known) return `${known.sentence} (${known.code})`;
  return local ? NOT_RUNNING : `No Fanfold answers at ${url}.`;
}
