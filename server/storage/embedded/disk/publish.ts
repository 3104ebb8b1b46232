import { link, mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { S3Error, systemCode } from '../errors.ts';

const ATTEMPTS = 5;

/**
 * Puts a finished file in its place below `root`, whole or not at all, and brings the folders to the
 * disk. With `exclusive`, an existing file stays: `PreconditionFailed`. The temp file is gone afterwards.
 */
export async function publish(
  temp: string,
  target: string,
  root: string,
  exclusive: boolean,
): Promise<void> {
  try {
    for (let attempt = 1; !(await tryPublish(temp, target, exclusive)); attempt += 1) {
      if (attempt === ATTEMPTS) throw new Error('A folder of the store vanished again and again.');
    }
    await syncFolders(dirname(target), root);
  } catch (cause) {
    if (systemCode(cause) === 'EEXIST') throw preconditionFailed(cause);
    if (systemCode(cause) === 'ENAMETOOLONG') {
      throw new S3Error('KeyTooLongError', 'Your key is too long for the disk.', { cause });
    }
    throw cause;
  } finally {
    await rm(temp, { force: true });
  }
}

/** Removes a file and then the folders below `root` that it leaves empty. */
export async function unpublish(target: string, root: string): Promise<void> {
  await rm(target, { force: true });
  let folder = dirname(target);
  for (; folder !== root; folder = dirname(folder)) {
    try {
      await rmdir(folder);
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') break;
    }
  }
  await syncFolder(folder);
}

export async function emptyFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
}

export function preconditionFailed(cause?: unknown): S3Error {
  const message = 'At least one of the preconditions you specified did not hold.';
  return new S3Error('PreconditionFailed', message, { cause });
}

/** False where a delete removed the folder in between. */
async function tryPublish(temp: string, target: string, exclusive: boolean): Promise<boolean> {
  await mkdir(dirname(target), { recursive: true });
  try {
    await (exclusive ? link(temp, target) : rename(temp, target));
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

async function syncFolders(folder: string, root: string): Promise<void> {
  const names = relative(root, folder).split(sep).filter(Boolean);
  for (let depth = names.length; depth >= 0; depth -= 1) {
    await syncFolder(join(root, ...names.slice(0, depth)));
  }
}

/** Windows has no such call and a folder may be gone by now: both are fine. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch (error) {
    if (!['ENOENT', 'EPERM', 'EISDIR', 'EACCES'].includes(systemCode(error) ?? '')) throw error;
  }
}
