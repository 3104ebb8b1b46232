import { type FileHandle, open } from 'node:fs/promises';
import { inflateSync } from 'node:zlib';

const SIGNATURE_BYTES = 8;
/** Bytes of a chunk before the pixels. */
const MAX_CHUNK_BYTES = 8 * 1024 ** 2;
const MAX_CHUNKS = 10_000;
/** Bytes to which the chunks that hold compressed data beside the pixels may unpack. */
const MAX_UNPACKED_BYTES = new Map([
  ['zTXt', 1024 ** 2],
  ['iTXt', 1024 ** 2],
  ['iCCP', 8 * 1024 ** 2],
]);

export interface PngHeader {
  width: number;
  height: number;
  animated: boolean;
  /** A text or profile that unpacks to more than is safe. */
  bomb: boolean;
}

/** What stands before the pixels of a PNG; null where it is damaged. */
export async function readPngHeader(path: string): Promise<PngHeader | null> {
  await using file = await open(path);
  const header: PngHeader = { width: 0, height: 0, animated: false, bomb: false };
  let at = SIGNATURE_BYTES;
  for (let chunks = 0; chunks < MAX_CHUNKS; chunks++) {
    const head = await read(file, at, 8);
    if (!head) return null;
    const length = head.readUInt32BE(0);
    const type = head.toString('latin1', 4);
    if (type === 'IDAT' || type === 'IEND') return header;
    const body = length <= MAX_CHUNK_BYTES ? await read(file, at + 8, length) : null;
    if (!body) return null;
    takeChunk(header, type, body);
    at += 12 + length;
  }
  return null;
}

function takeChunk(header: PngHeader, type: string, body: Buffer): void {
  if (type === 'IHDR' && body.length >= 8) {
    header.width = body.readUInt32BE(0);
    header.height = body.readUInt32BE(4);
  }
  if (type === 'acTL') header.animated = true;
  const limit = MAX_UNPACKED_BYTES.get(type);
  if (limit && unpacksTooFar(body, limit)) header.bomb = true;
}

/** The compressed part starts after a keyword and some flags: at the first zlib header. */
function unpacksTooFar(body: Buffer, maxOutputLength: number): boolean {
  const start = body.indexOf(0x78, body.indexOf(0));
  if (start < 0) return false;
  try {
    inflateSync(body.subarray(start), { maxOutputLength });
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
  }
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer | null> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return bytesRead === length ? buffer : null;
}
