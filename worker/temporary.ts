import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A temporary folder of this process; whoever asks for it removes it. */
export function makeTemporaryFolder(purpose: 'sources' | 'pdf'): Promise<string> {
  return mkdtemp(join(tmpdir(), `fanfold-${purpose}-${process.pid}-`));
}

/** Removes the folders of workers that were killed before they could. Called before one is made. */
export async function removeAbandonedFolders(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(/^fanfold-(?:sources|pdf)-(\d+)-/.exec(name)?.[1]);
    const abandoned = pid === process.pid || (pid > 0 && !isAlive(pid));
    if (abandoned) await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
