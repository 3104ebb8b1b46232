import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pidusage from 'pidusage';

interface Row {
  pid: number;
  parent: number;
  /** Resident bytes. */
  memory: number;
}

function list(): Row[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,rss='], { encoding: 'utf8' }).trim();
  return rows.split('\n').map((row) => {
    const [pid = 0, parent = 0, kilobytes = 0] = row.trim().split(/\s+/).map(Number);
    return { pid, parent, memory: kilobytes * 1024 };
  });
}

/** The pids of the processes whose parent is `pid`. */
export function childrenOf(pid: number): number[] {
  return list()
    .filter(({ parent }) => parent === pid)
    .map((row) => row.pid);
}

/** The child that takes most processor time, over a second. */
export async function busiestChild(pid: number): Promise<number | undefined> {
  const children = childrenOf(pid);
  await pidusage(children);
  await sleep(1_000);
  const usage = await pidusage(children.filter((child) => childrenOf(pid).includes(child)));
  const [busiest] = Object.values(usage).sort((one, other) => other.cpu - one.cpu);
  return busiest?.pid;
}

/** Resident bytes of a process, and of each of its children. */
export function memoryOf(pid: number): { own: number; children: number[] } {
  const rows = list();
  return {
    own: rows.find((row) => row.pid === pid)?.memory ?? 0,
    children: rows.filter(({ parent }) => parent === pid).map(({ memory }) => memory),
  };
}

/** Open files of a process; undefined where the system does not show them. */
export function openFilesOf(pid: number): number | undefined {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return undefined;
  }
}

/** Looks every so often until it is stopped. */
export function keepLooking(look: () => unknown, everyMs = 500): () => void {
  const timer = setInterval(() => void look(), everyMs);
  return () => clearInterval(timer);
}
