import { type FileHandle, open } from 'node:fs/promises';

/** More pages than this are taken for a loop. */
const MAX_DIRECTORIES = 100_000;

export interface TiffPages {
  /** 0 where it is no classic TIFF. */
  count: number;
  /** Whether the chain ends in nothing, so that there may have been more. */
  broken: boolean;
}

/** Follows the chain of image directories of a TIFF; one that ends in itself counts up to there. */
export async function countTiffPages(path: string): Promise<TiffPages> {
  const unknown = { count: 0, broken: false };
  await using file = await open(path);
  const header = await read(file, 0, 8);
  if (!header) return unknown;
  const little = header.toString('latin1', 0, 2) === 'II';
  const short = (bytes: Buffer, at: number) =>
    little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
  const long = (bytes: Buffer, at: number) =>
    little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
  if (short(header, 2) !== 42) return unknown;
  const seen = new Set<number>();
  let offset = long(header, 4);
  while (offset !== 0 && !seen.has(offset) && seen.size < MAX_DIRECTORIES) {
    const count = await read(file, offset, 2);
    if (!count || short(count, 0) === 0) return { count: seen.size, broken: true };
    seen.add(offset);
    const next = await read(file, offset + 2 + short(count, 0) * 12, 4);
    if (!next) return { count: seen.size, broken: true };
    offset = long(next, 0);
  }
  return { count: seen.size, broken: false };
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer | null> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return bytesRead === length ? buffer : null;
}
