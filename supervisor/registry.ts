import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  endRecorded,
  type ProcessRecord,
  type StopPolicy,
  sendSignal,
  startOf,
  sweepGroup,
} from './processes.ts';

/**
 * The running processes of this supervisor, oldest first. They are kept in a file, for the next
 * start to find, and told to a reaper, which ends them when this process is killed.
 */
export interface Registry {
  add(name: string, pid: number, stop: StopPolicy): void;
  remove(pid: number): void;
  /** Ends everything at once, without waiting. */
  killAll(): void;
}

/** Seconds matter when a parent was killed: leftovers get less time to drain than a normal stop gives. */
const LEFTOVER_GRACE_MS = 5_000;

export function openRegistry(file: string): Registry {
  const records = new Map<number, ProcessRecord>();
  const reaper = startReaper();
  const publish = () => {
    const list = JSON.stringify([...records.values()]);
    writeFileSync(file, list, { mode: 0o600 });
    reaper.stdin?.write(`${list}\n`);
  };
  publish();
  return {
    add(name, pid, stop) {
      const started = startOf(pid);
      if (!started) return;
      records.set(pid, { name, pid, started, stop });
      publish();
    },
    remove(pid) {
      if (records.delete(pid)) publish();
    },
    killAll() {
      for (const { pid, stop } of [...records.values()].reverse()) {
        sendSignal(pid, stop.force);
        if (stop.force === 'SIGKILL') sweepGroup(pid);
      }
    },
  };
}

/** Ends what a killed supervisor left running; resolves to the names of what was. */
export async function endLeftovers(file: string): Promise<string[]> {
  return endRecords(readRecords(file));
}

/** Ends processes one after the other, the youngest first; resolves to the names of those that ran. */
export async function endRecords(records: ProcessRecord[]): Promise<string[]> {
  const ended: string[] = [];
  for (const record of records.toReversed()) {
    const stop = { ...record.stop, graceMs: Math.min(record.stop.graceMs, LEFTOVER_GRACE_MS) };
    if (await endRecorded({ ...record, stop })) ended.push(record.name);
  }
  return ended;
}

function readRecords(file: string): ProcessRecord[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessRecord[];
  } catch {
    return [];
  }
}

/** In a session of its own, so that neither Ctrl-C nor a closed terminal reaches it. */
function startReaper(): ChildProcess {
  const reaper = spawn(process.execPath, [join(import.meta.dirname, 'reaper.ts')], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  reaper.on('error', () => {});
  reaper.stdin?.on('error', () => {});
  reaper.unref();
  return reaper;
}
