import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** How a process is asked to end, and how it is made to. */
export interface StopPolicy {
  signal: NodeJS.Signals;
  graceMs: number;
  force: NodeJS.Signals;
}

/** Enough to find a process again, and to tell it from a later one with the same pid. */
export interface ProcessRecord {
  name: string;
  pid: number;
  started: string;
  stop: StopPolicy;
}

/**
 * When the process started, as text to compare. Undefined when there is no such process; a zombie
 * counts as none.
 */
export function startOf(pid: number): string | undefined {
  if (process.platform === 'linux') return startFromProc(pid);
  if (process.platform === 'win32') return isAlive(pid) ? 'running' : undefined;
  return startFromPs(pid);
}

/** Sends a signal; false when there is nobody to receive it. A negative pid means the group. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/**
 * Ends a recorded process and what is left of its group. Resolves to false when it was not running
 * any more; a stranger that has taken its pid is left alone.
 */
export async function endRecorded(record: ProcessRecord): Promise<boolean> {
  if (!isRunning(record)) return false;
  sendSignal(record.pid, record.stop.signal);
  if (!(await waitUntilGone(record, record.stop.graceMs))) {
    sendSignal(record.pid, record.stop.force);
    await waitUntilGone(record, 10_000);
  }
  sweepGroup(record.pid);
  return true;
}

/** Kills what a group leader that has ended left in its process group. */
export function sweepGroup(leader: number): void {
  if (process.platform !== 'win32') sendSignal(-leader, 'SIGKILL');
}

export function isRunning(record: Pick<ProcessRecord, 'pid' | 'started'>): boolean {
  return startOf(record.pid) === record.started;
}

async function waitUntilGone(record: ProcessRecord, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (isRunning(record)) {
    if (Date.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}

function startFromProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before it may hold spaces and brackets; what follows starts with field 3, the state.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}/${fields[19]}`;
  } catch {
    return undefined;
  }
}

function startFromPs(pid: number): string | undefined {
  try {
    const ps = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return ps.trim() || undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
