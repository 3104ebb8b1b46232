import { type FileHandle, open } from 'node:fs/promises';
import type { SourceFile } from '#worker/page/protocol.ts';

/** What a reader of the first picture alone should know. */
export const MORE_PICTURES = 'The file holds more than one picture; only the first is read.';

/** Files are looked through up to here. */
const MAX_BYTES = 64 * 1024 ** 2;
const JPEG_START = Buffer.from([0xff, 0xd8, 0xff]);
const PNG_SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const PNG_END = 'IEND';
/** Phones put a map of brightness behind a photograph, as a second JPEG. */
const GAIN_MAP = /hdrgm:|HDRGainMap|urn:iso:std:iso:ts:21496/;
/** JPEG's markers without a length: restarts, and what stands for itself. */
const isBare = (marker: number) => (marker >= 0xd0 && marker <= 0xd8) || marker === 0x01;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;

/** Whether another picture follows the first one of a JPEG or PNG: those of a camera's MPO, of files that were joined. */
export async function holdsMorePictures({ path, type }: SourceFile): Promise<boolean> {
  if (type !== 'image/jpeg' && type !== 'image/png') return false;
  await using file = await open(path);
  const bytes = await readStart(file);
  if (type === 'image/png') {
    const end = bytes.indexOf(PNG_END);
    return end > 0 && bytes.indexOf(PNG_SIGNATURE, end) > 0;
  }
  const end = endOfJpeg(bytes);
  if (end === null || !bytes.subarray(end).includes(JPEG_START)) return false;
  return !GAIN_MAP.test(bytes.toString('latin1'));
}

async function readStart(file: FileHandle): Promise<Buffer> {
  const size = Math.min((await file.stat()).size, MAX_BYTES);
  return (await file.read(Buffer.alloc(size), 0, size, 0)).buffer;
}

/** Where the first JPEG of a file ends; null where it has no end. Thumbnails lie within its segments. */
function endOfJpeg(bytes: Buffer): number | null {
  let at = 2;
  while (at + 4 <= bytes.length) {
    const marker = bytes[at + 1] as number;
    if (bytes[at] !== 0xff || marker === 0xff || marker === 0 || isBare(marker)) {
      at += bytes[at] === 0xff && isBare(marker) ? 2 : 1;
      continue;
    }
    if (marker === END_OF_IMAGE) return at + 2;
    at += 2 + bytes.readUInt16BE(at + 2);
    if (marker === START_OF_SCAN) at = endOfScan(bytes, at);
  }
  return bytes.length >= 2 && bytes[at + 1] === END_OF_IMAGE ? at + 2 : null;
}

/** The next marker that is no part of the pixels. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && !isBare(next)) return at;
  }
  return bytes.length;
}
