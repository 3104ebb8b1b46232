import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sendSignal } from './processes.ts';

const FAST_MS = 10_000;
const IMMEDIATE_MS = 10_000;

/**
 * Ends every Postgres process that still works in the cluster `folder`: the server that a killed
 * supervisor left behind, or the children that a killed server did. Rejects when one stays.
 */
export async function endServersIn(folder: string): Promise<void> {
  const server = serverPid(folder);
  if (server && serversIn(folder).includes(server)) sendSignal(server, 'SIGINT');
  if (!(await allGone(folder, FAST_MS))) {
    for (const pid of serversIn(folder)) sendSignal(pid, 'SIGQUIT');
    // One that was stopped takes no other signal. With all of them gone, the log brings all back.
    if (!(await allGone(folder, IMMEDIATE_MS))) {
      for (const pid of serversIn(folder)) sendSignal(pid, 'SIGKILL');
    }
    if (!(await allGone(folder, IMMEDIATE_MS))) {
      throw new Error(`processes ${serversIn(folder).join(', ')} still hold ${folder}`);
    }
  }
  // Postgres refuses to start while any process has the pid in its file, be it a stranger's by now.
  if (process.platform !== 'win32') rmSync(join(folder, 'postmaster.pid'), { force: true });
}

function serverPid(folder: string): number | undefined {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  return Number.parseInt(readFileSync(file, 'utf8'), 10) || undefined;
}

async function allGone(folder: string, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (serversIn(folder).length > 0) {
    if (Date.now() > deadline) return false;
    await sleep(100);
  }
  return true;
}

/** Processes of the cluster that somebody has stopped; none where that cannot be told. */
export function stoppedServersIn(folder: string): number[] {
  if (process.platform !== 'linux') return [];
  return serversIn(folder).filter((pid) => stateOf(pid) === 'T');
}

function stateOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2)[0];
  } catch {
    return undefined;
  }
}

/** Every process of a cluster has the cluster as its working folder. */
function serversIn(folder: string): number[] {
  if (process.platform === 'win32') return [];
  if (process.platform !== 'linux') return serversByArguments(folder);
  const real = realpathSync(folder);
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && isServer(pid, real));
}

function isServer(pid: number, folder: string): boolean {
  try {
    const command = readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
    return command === 'postgres' && readlinkSync(`/proc/${pid}/cwd`) === folder;
  } catch {
    return false;
  }
}

function serversByArguments(folder: string): number[] {
  const rows = execFileSync('ps', ['-axo', 'pid=,command='], { encoding: 'utf8' }).split('\n');
  return rows
    .filter((row) => row.includes(`postgres -D ${folder} `))
    .map((row) => Number.parseInt(row, 10));
}
