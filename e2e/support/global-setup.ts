import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, startOf } from '#supervisor/processes.ts';
import { PROJECT } from './installation.ts';

/** Milliseconds; a first start also builds the web interface. */
const START_LIMIT = 300_000;
const STOP_LIMIT = 60_000;

/** Starts an installation of its own for the run, and afterwards stops it and sees that nothing is left. */
export default async function globalSetup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.E2E_URL) return undefined;
  const data = await mkdtemp(join(tmpdir(), 'fanfold-e2e-'));
  const supervisor = launch(data);
  const stop = async () => {
    await stopCleanly(supervisor);
    await rm(data, { recursive: true, force: true });
  };
  try {
    process.env.E2E_URL = await addressOf(supervisor, join(data, 'run.json'));
    process.env.E2E_DATA = data;
    process.env.E2E_OWNED = 'true';
    return stop;
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

function launch(data: string): ChildProcess {
  const program = ['--import', './supervisor/check-node.js', 'supervisor/start.ts'];
  const supervisor = spawn(process.execPath, program, {
    cwd: PROJECT,
    env: {
      ...process.env,
      ...OWN_SERVERS,
      FANFOLD_DATA: data,
      HOST: '127.0.0.1',
      PORT: '0',
      NO_COLOR: '1',
      // As under npm: should this process be killed, the installation stops by itself.
      npm_lifecycle_event: 'start',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const folder = join(PROJECT, 'test-results');
  mkdirSync(folder, { recursive: true });
  const log = createWriteStream(join(folder, 'fanfold.log'));
  supervisor.stdout?.pipe(log, { end: false });
  supervisor.stderr?.pipe(log, { end: false });
  return supervisor;
}

/** Whatever this machine is set up to use, the suite brings its own database and object store. */
const OWN_SERVERS = {
  DATABASE_URL: '',
  S3_ENDPOINT: '',
  S3_PUBLIC_ENDPOINT: '',
  S3_ACCESS_KEY_ID: '',
  S3_SECRET_ACCESS_KEY: '',
  FANFOLD_URL: '',
  FANFOLD_SECRET: '',
  FANFOLD_LOCAL_KEY: '',
};

async function addressOf(supervisor: ChildProcess, file: string): Promise<string> {
  const deadline = Date.now() + START_LIMIT;
  while (!existsSync(file)) {
    if (supervisor.exitCode !== null)
      throw new Error('Fanfold ended: see test-results/fanfold.log');
    if (Date.now() > deadline)
      throw new Error('Fanfold did not start: see test-results/fanfold.log');
    await sleep(200);
  }
  return (JSON.parse(readFileSync(file, 'utf8')) as { url: string }).url;
}

async function stopCleanly(supervisor: ChildProcess): Promise<void> {
  const { pid } = supervisor;
  if (!pid || supervisor.exitCode !== null) throw new Error('Fanfold ended before it was stopped.');
  const children = descendantsOf(pid);
  const exited = once(supervisor, 'exit');
  supervisor.kill('SIGINT');
  const late = setTimeout(() => supervisor.kill('SIGKILL'), STOP_LIMIT);
  const [code, signal] = await exited;
  clearTimeout(late);
  if (code !== 0) throw new Error(`Fanfold ended with ${signal ?? code} after Ctrl-C.`);
  const left = await remaining(children);
  if (left.length > 0) throw new Error(`Fanfold left processes behind: ${left.join(', ')}`);
}

interface Process {
  pid: number;
  started: string;
}

/** Every process below this one, by the parents that /proc names; none where there is no /proc. */
function descendantsOf(root: number): Process[] {
  if (!existsSync('/proc/self/stat')) return [];
  const parents = readdirSync('/proc').flatMap((name) => {
    const parent = /^\d+$/.test(name) ? parentOf(Number(name)) : undefined;
    return parent === undefined ? [] : [{ pid: Number(name), parent }];
  });
  const below = (parent: number): number[] =>
    parents.filter((one) => one.parent === parent).flatMap(({ pid }) => [pid, ...below(pid)]);
  return below(root).flatMap((pid) => {
    const started = startOf(pid);
    return started ? [{ pid, started }] : [];
  });
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}

/** The processes that are still there when those on their way out have had time to go. */
async function remaining(processes: Process[]): Promise<number[]> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const left = processes.filter(isRunning).map(({ pid }) => pid);
    if (left.length === 0 || Date.now() > deadline) return left;
    await sleep(100);
  }
}
