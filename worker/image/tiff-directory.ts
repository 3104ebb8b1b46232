import type { FileHandle } from 'node:fs/promises';

/** Bytes of a directory's entry: tag, type, count, and the value or where it is. */
export const ENTRY = 12;
const SHORT = 3;
const LONG = 4;
const RATIONAL = 5;
/** Numbers of one entry beyond this many are not read. */
const MAX_NUMBERS = 65_536;

/** The numbers of a classic TIFF in the order of its bytes. */
export interface TiffNumbers {
  short(bytes: Buffer, at: number): number;
  long(bytes: Buffer, at: number): number;
}

/** Where the first directory of a classic TIFF is, and how to read it; null where it is none. */
export async function readTiffHeader(
  file: FileHandle,
): Promise<{ numbers: TiffNumbers; first: number } | null> {
  const header = await readExactly(file, 0, 8);
  if (!header) return null;
  const little = header.toString('latin1', 0, 2) === 'II';
  const numbers: TiffNumbers = {
    short: (bytes, at) => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at)),
    long: (bytes, at) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)),
  };
  if (numbers.short(header, 2) !== 42) return null;
  return { numbers, first: numbers.long(header, 4) };
}

/** The fractions among the entries of the directory at an offset, by their tags. */
export async function readRationals(
  file: FileHandle,
  numbers: TiffNumbers,
  offset: number,
): Promise<Map<number, number>> {
  const entries = await readEntries(file, numbers, offset);
  const rationals = new Map<number, number>();
  for (let at = 0; entries && at < entries.length; at += ENTRY) {
    if (numbers.short(entries, at + 2) !== RATIONAL) continue;
    const value = await readExactly(file, numbers.long(entries, at + 8), 8);
    if (value) {
      rationals.set(numbers.short(entries, at), numbers.long(value, 0) / numbers.long(value, 4));
    }
  }
  return rationals;
}

/** The integers among the entries of the directory at an offset, by their tags. */
export async function readIntegers(
  file: FileHandle,
  numbers: TiffNumbers,
  offset: number,
): Promise<Map<number, number[]>> {
  const entries = await readEntries(file, numbers, offset);
  const integers = new Map<number, number[]>();
  for (let at = 0; entries && at < entries.length; at += ENTRY) {
    const type = numbers.short(entries, at + 2);
    const count = numbers.long(entries, at + 4);
    if ((type !== SHORT && type !== LONG) || count > MAX_NUMBERS) continue;
    const [bytes, read] = type === SHORT ? [2, numbers.short] : [4, numbers.long];
    const within = count * bytes <= 4;
    const values = within
      ? entries.subarray(at + 8, at + 12)
      : await readExactly(file, numbers.long(entries, at + 8), count * bytes);
    if (!values) continue;
    const list = Array.from({ length: count }, (_, index) => read(values, index * bytes));
    integers.set(numbers.short(entries, at), list);
  }
  return integers;
}

async function readEntries(
  file: FileHandle,
  numbers: TiffNumbers,
  offset: number,
): Promise<Buffer | null> {
  const count = await readExactly(file, offset, 2);
  return count && readExactly(file, offset + 2, numbers.short(count, 0) * ENTRY);
}

/** Null where the file ends before. */
export async function readExactly(
  file: FileHandle,
  position: number,
  length: number,
): Promise<Buffer | null> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return bytesRead === length ? buffer : null;
}
