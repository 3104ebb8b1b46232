import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../errors.ts';
import { type KeyEntry, parseEntry, prefixToFolder } from './key-path.ts';

/** The keys below `root` that start with `prefix` and come after `after`, in the order of their bytes. */
export async function* walkKeys(
  root: string,
  prefix: string,
  after: Buffer,
): AsyncGenerator<string> {
  const { folders, base } = prefixToFolder(prefix);
  yield* walk(join(root, ...folders), base, Buffer.from(prefix), after);
}

async function* walk(
  folder: string,
  base: Buffer,
  prefix: Buffer,
  after: Buffer,
): AsyncGenerator<string> {
  for (const entry of await readEntries(folder)) {
    const bytes = Buffer.concat([base, entry.bytes]);
    if (entry.kind === 'object') {
      if (startsWith(bytes, prefix) && bytes.compare(after) > 0) yield bytes.toString();
    } else if (mayHold(bytes, prefix, after)) {
      yield* walk(join(folder, entry.name), bytes, prefix, after);
    }
  }
}

async function readEntries(folder: string): Promise<KeyEntry[]> {
  const dirents = await readdir(folder, { withFileTypes: true }).catch(
    (error: unknown): Dirent[] => {
      if (['ENOENT', 'ENAMETOOLONG'].includes(systemCode(error) ?? '')) return [];
      throw error;
    },
  );
  return dirents
    .map(({ name }) => parseEntry(name))
    .filter((entry) => entry !== undefined)
    .sort((left, right) => left.bytes.compare(right.bytes));
}

function mayHold(bytes: Buffer, prefix: Buffer, after: Buffer): boolean {
  const overlaps = startsWith(bytes, prefix) || startsWith(prefix, bytes);
  return overlaps && (bytes.compare(after) > 0 || startsWith(after, bytes));
}

function startsWith(bytes: Buffer, prefix: Buffer): boolean {
  return bytes.subarray(0, prefix.length).equals(prefix);
}
