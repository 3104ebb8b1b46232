import { type FileHandle, open } from 'node:fs/promises';
import { ENTRY, readExactly, readTiffHeader, type TiffNumbers } from './tiff-directory.ts';

/** More pages than this are taken for a loop. */
const MAX_DIRECTORIES = 100_000;

export interface TiffPages {
  /** 0 where it is no classic TIFF. */
  count: number;
  /** Whether the chain ends in nothing, so that there may have been more. */
  broken: boolean;
}

/** Counts the image directories of a TIFF; a chain that ends in itself counts up to there. */
export async function countTiffPages(path: string): Promise<TiffPages> {
  await using file = await open(path);
  const header = await readTiffHeader(file);
  if (!header) return { count: 0, broken: false };
  const { offsets, broken } = await listDirectories(file, header);
  return { count: offsets.length, broken };
}

/** Follows the chain of directories. */
export async function listDirectories(
  file: FileHandle,
  { numbers: { short, long }, first }: { numbers: TiffNumbers; first: number },
): Promise<{ offsets: number[]; broken: boolean }> {
  const seen = new Set<number>();
  for (let offset = first; offset !== 0 && !seen.has(offset) && seen.size < MAX_DIRECTORIES; ) {
    const count = await readExactly(file, offset, 2);
    if (!count || short(count, 0) === 0) return { offsets: [...seen], broken: true };
    seen.add(offset);
    const next = await readExactly(file, offset + 2 + short(count, 0) * ENTRY, 4);
    if (!next) return { offsets: [...seen], broken: true };
    offset = long(next, 0);
  }
  return { offsets: [...seen], broken: false };
}
