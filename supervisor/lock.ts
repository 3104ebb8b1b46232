import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, startOf } from './processes.ts';
import { StartError } from './start-error.ts';

interface Holder {
  pid: number;
  started: string;
}

/**
 * Makes this process the only Fanfold on `folder`; resolves to the release. The lock of a process
 * that is gone is taken over.
 */
export async function acquireLock(folder: string): Promise<() => void> {
  const file = join(folder, 'lock.json');
  const own: Holder = { pid: process.pid, started: startOf(process.pid) ?? '' };
  if (!writeLock(file, own)) {
    const holder = readLock(file);
    if (holder && isRunning(holder)) throw heldBy(holder, folder);
    rmSync(file, { force: true });
    writeLock(file, own);
    // Another start may have found the same stale lock: the one whose lock stays has won.
    await sleep(100);
    const winner = readLock(file);
    if (winner?.pid !== own.pid) throw heldBy(winner, folder);
  }
  return () => {
    if (readLock(file)?.pid === own.pid) rmSync(file, { force: true });
  };
}

/** False when there is a lock already. Linked into place, so that nobody reads it half written. */
function writeLock(file: string, holder: Holder): boolean {
  const draft = `${file}.${holder.pid}`;
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readLock(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

function heldBy(holder: Holder | undefined, folder: string): StartError {
  const who = holder ? `Process ${holder.pid}` : 'Another process';
  return new StartError(
    `${who} already runs Fanfold on ${folder}. Stop it, or set FANFOLD_DATA to another folder.`,
  );
}
