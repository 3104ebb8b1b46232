import { readFile, stat } from 'node:fs/promises';
import { inflateSync } from 'node:zlib';

/** Larger files are not searched. */
const MAX_BYTES = 256 * 1024 ** 2;
/** Object streams hold dictionaries and are small. */
const MAX_OBJECT_STREAM_BYTES = 16 * 1024 ** 2;

const PAGE = /\/Type\s{0,8}\/Page(?![A-Za-z])/g;
const OBJECT_HEAD = /(\d{1,10})\s{1,8}\d{1,5}\s{0,8}$/;
const OBJECT_STREAM = /\/Type\s{0,8}\/ObjStm\b/g;

/** The end of one PDF and the header of the next; an update has no header, an attached file no end before it. */
const JOINT = /(?:%%EOF|>>)[\s\0]*%PDF-\d/g;

export interface PageObjects {
  /**
   * How many page objects lie in the file, whatever its page tree says. 0 where that means nothing: the
   * file is too large, was updated in place (so that pages may have been taken out), or hides them in
   * encrypted object streams.
   */
  count: number;
  /** How many PDFs the file is, one after the other; readers see one of them. */
  files: number;
}

export async function countPageObjects(path: string): Promise<PageObjects> {
  if ((await stat(path)).size > MAX_BYTES) return { count: 0, files: 1 };
  const bytes = await readFile(path);
  const text = bytes.toString('latin1');
  const files = 1 + [...text.matchAll(JOINT)].length;
  return { count: wasUpdated(text) ? 0 : countObjects(bytes, text), files };
}

function countObjects(bytes: Buffer, text: string): number {
  const numbers = new Set<string>();
  for (const { index } of text.matchAll(PAGE)) numbers.add(objectNumber(text, index));
  let packed = 0;
  for (const { index } of text.matchAll(OBJECT_STREAM)) {
    packed += [...unpack(bytes, text, index).matchAll(PAGE)].length;
  }
  return numbers.size + packed;
}

/** A linearised file has two ends without any update. */
function wasUpdated(text: string): boolean {
  const ends = text.split('startxref').length - 1;
  return ends > (text.lastIndexOf('/Linearized', 2_048) >= 0 ? 2 : 1);
}

function objectNumber(text: string, index: number): string {
  const head = text.lastIndexOf('obj', index);
  const number = OBJECT_HEAD.exec(text.slice(Math.max(0, head - 24), Math.max(0, head)))?.[1];
  return number ?? `at ${index}`;
}

function unpack(bytes: Buffer, text: string, index: number): string {
  const start = text.indexOf('stream', index);
  const end = text.indexOf('endstream', start);
  if (start < 0 || end < 0) return '';
  const first = start + 'stream'.length;
  const from = text.startsWith('\r\n', first) ? first + 2 : first + 1;
  try {
    const data = inflateSync(bytes.subarray(from, end), {
      maxOutputLength: MAX_OBJECT_STREAM_BYTES,
    });
    return data.toString('latin1');
  } catch {
    return '';
  }
}
