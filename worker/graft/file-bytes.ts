import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Bytes of a file as they are asked for, at once: whoever looks an object up does not wait. */
export class FileBytes {
  readonly size: number;
  readonly #handle: number;

  constructor(path: string) {
    this.#handle = openSync(path, 'r');
    this.size = fstatSync(this.#handle).size;
  }

  /** Up to so many bytes, fewer at the end of the file. */
  read(offset: number, length: number): Buffer {
    const bytes = Buffer.alloc(Math.max(0, Math.min(length, this.size - offset)));
    const read = bytes.length > 0 ? readSync(this.#handle, bytes, 0, bytes.length, offset) : 0;
    return bytes.subarray(0, read);
  }

  close(): void {
    closeSync(this.#handle);
  }
}
