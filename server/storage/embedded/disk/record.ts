import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type DigestName, Meter, type Received } from '../body/digests.ts';

/**
 * A record is one file: the data, its description as JSON, the JSON's length (4 bytes) and a mark.
 * Data and description thus change in one rename, and a reader of an open record keeps both.
 */
const MARK = Buffer.from('FFR1');
const FOOTER_BYTES = 8;
const TAIL_BYTES = 4096;

export interface Described {
  /** Bytes of data. */
  size: number;
}

export interface OpenRecord<D extends Described> {
  handle: FileHandle;
  description: D;
}

/**
 * Streams data into a new file in `folder` and brings it to the disk. `conclude` may throw to refuse
 * what arrived; nothing is left behind then. Gives the path of the file.
 */
export async function writeRecord<D extends Described>(
  folder: string,
  source: { chunks: AsyncIterable<Buffer>; digests: DigestName[] },
  conclude: (received: Received) => D,
): Promise<{ path: string; description: D }> {
  const path = join(folder, randomUUID());
  const handle = await open(path, 'wx');
  try {
    const meter = new Meter(source.digests);
    for await (const chunk of source.chunks) {
      meter.update(chunk);
      await handle.writeFile(chunk);
    }
    const description = conclude(meter.finish());
    await handle.writeFile(footer(description));
    await handle.sync();
    await handle.close();
    return { path, description };
  } catch (error) {
    await handle.close();
    await rm(path, { force: true });
    throw error;
  }
}

/** Opens a record; the caller closes its handle. Throws `ENOENT` where there is none. */
export async function openRecord<D extends Described>(path: string): Promise<OpenRecord<D>> {
  const handle = await open(path, 'r');
  try {
    return { handle, description: await readDescription<D>(handle) };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

export async function describeRecord<D extends Described>(path: string): Promise<D> {
  const { handle, description } = await openRecord<D>(path);
  await handle.close();
  return description;
}

function footer(description: Described): Buffer {
  const json = Buffer.from(JSON.stringify(description));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  return Buffer.concat([json, length, MARK]);
}

async function readDescription<D extends Described>(handle: FileHandle): Promise<D> {
  const { size } = await handle.stat();
  const tail = await readAt(handle, Math.max(0, size - TAIL_BYTES), size);
  if (tail.length < FOOTER_BYTES || !tail.subarray(-MARK.length).equals(MARK)) damaged();
  const length = tail.readUInt32BE(tail.length - FOOTER_BYTES);
  const start = size - FOOTER_BYTES - length;
  if (start < 0) damaged();
  const json =
    length + FOOTER_BYTES <= tail.length
      ? tail.subarray(-FOOTER_BYTES - length, -FOOTER_BYTES)
      : await readAt(handle, start, start + length);
  const description = JSON.parse(json.toString()) as D;
  return description.size === start ? description : damaged();
}

async function readAt(handle: FileHandle, start: number, end: number): Promise<Buffer> {
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(end - start), 0, end - start, start);
  return buffer.subarray(0, bytesRead);
}

function damaged(): never {
  throw new Error('A record of the store is damaged.');
}
