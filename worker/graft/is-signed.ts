import { createReadStream } from 'node:fs';

/** Every signature names the bytes that it stands for, outside of packed objects (PDF 2.0, 12.8.1). */
const KEY = '/ByteRange';
const SIGNED_BYTES = /^\/ByteRange\s*\[/;
/** Bytes that belong together, of which one piece of the file may end in the middle. */
const OVERLAP = 64;

/** Whether somebody has signed a PDF. */
export async function isSigned(path: string): Promise<boolean> {
  let end = Buffer.alloc(0);
  for await (const piece of createReadStream(path)) {
    const bytes = Buffer.concat([end, piece as Buffer]);
    for (let at = bytes.indexOf(KEY); at >= 0; at = bytes.indexOf(KEY, at + 1)) {
      if (SIGNED_BYTES.test(bytes.toString('latin1', at, at + OVERLAP))) return true;
    }
    end = bytes.subarray(-OVERLAP);
  }
  return false;
}
