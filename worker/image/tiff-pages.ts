import { type FileHandle, open } from 'node:fs/promises';

/** More pages than this are taken for a loop. */
const MAX_DIRECTORIES = 100_000;

/**
 * Follows the chain of image directories of a TIFF; 0 where it is no classic TIFF. A chain that ends
 * in nothing or in itself counts up to there.
 */
export async function countTiffPages(path: string): Promise<number> {
  await using file = await open(path);
  const header = await read(file, 0, 8);
  if (!header) return 0;
  const little = header.toString('latin1', 0, 2) === 'II';
  const short = (bytes: Buffer, at: number) =>
    little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
  const long = (bytes: Buffer, at: number) =>
    little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
  if (short(header, 2) !== 42) return 0;
  const seen = new Set<number>();
  let offset = long(header, 4);
  while (offset !== 0 && !seen.has(offset) && seen.size < MAX_DIRECTORIES) {
    const count = await read(file, offset, 2);
    if (!count || short(count, 0) === 0) break;
    seen.add(offset);
    const next = await read(file, offset + 2 + short(count, 0) * 12, 4);
    if (!next) break;
    offset = long(next, 0);
  }
  return seen.size;
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer | null> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return bytesRead === length ? buffer : null;
}
