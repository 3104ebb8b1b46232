import { type FileHandle, open } from 'node:fs/promises';
import { deflateSync } from 'node:zlib';

/** What an object of a PDF is made of: its own syntax, or a stream with its dictionary's entries. */
export type PdfObject = string | Uint8Array | { entries: string; data: Uint8Array };

/** How a file lists its objects; what is added to it goes on in the same way. */
export type Listing = 'table' | 'stream';

/** Bytes that are collected before they are written. */
const BUFFER_BYTES = 1024 ** 2;
const HEADER = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n';

interface Entry {
  offset: number;
  generation: number;
  free?: true;
}

/** Writes a PDF object by object, or adds objects to the end of one. Only their offsets are kept. */
export class PdfFile {
  readonly #handle: FileHandle;
  readonly #entries = new Map<number, Entry>();
  #next: number;
  #offset: number;
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;

  private constructor(handle: FileHandle, next: number, offset: number) {
    this.#handle = handle;
    this.#next = next;
    this.#offset = offset;
  }

  /** Begins a new file; `next` is the first object number that it gives out. */
  static async create(path: string, next = 1): Promise<PdfFile> {
    const file = new PdfFile(await open(path, 'w'), next, 0);
    file.#entries.set(0, { offset: 0, generation: 65_535, free: true });
    await file.#append(HEADER);
    return file;
  }

  /** Goes on after the end of a file; `next` is the first object number that it does not use. */
  static async extend(path: string, next: number): Promise<PdfFile> {
    const handle = await open(path, 'a');
    const file = new PdfFile(handle, next, (await handle.stat()).size);
    await file.#append('\n');
    return file;
  }

  /** Takes a number for an object that is written later. */
  reserve(): number {
    return this.#next++;
  }

  /** Writes an object; one of the same number that was there before is replaced by it. */
  async write(number: number, object: PdfObject, generation = 0): Promise<void> {
    this.#entries.set(number, { offset: this.#offset, generation });
    await this.#append(`${number} ${generation} obj\n`);
    if (typeof object === 'string' || object instanceof Uint8Array) await this.#append(object);
    else {
      await this.#append(`<< ${object.entries} /Length ${object.data.length} >>\nstream\n`);
      await this.#append(object.data);
      await this.#append('\nendstream');
    }
    await this.#append('\nendobj\n');
  }

  /** Writes an object under a new number. */
  async add(object: PdfObject): Promise<number> {
    const number = this.reserve();
    await this.write(number, object);
    return number;
  }

  /** Ends the file. `trailer`: the entries of its trailer, but for the size. */
  async finish(trailer: string, listing: Listing): Promise<void> {
    const at = this.#offset;
    if (listing === 'table') {
      await this.#append(`xref\n${this.#table()}trailer\n<< /Size ${this.#next} ${trailer} >>\n`);
    } else {
      const number = this.reserve();
      this.#entries.set(number, { offset: at, generation: 0 });
      const index = this.#runs().map((run) => `${run[0]} ${run.length}`);
      const shape = `/Type /XRef /Size ${this.#next} /W [1 6 2] /Index [${index.join(' ')}]`;
      await this.write(number, { entries: `${shape} ${trailer}`, data: this.#records() });
    }
    await this.#append(`startxref\n${at}\n%%EOF\n`);
    await this.#flush();
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  #table(): string {
    const row = (number: number) => {
      const { offset, generation, free } = this.#entry(number);
      const place = `${String(offset).padStart(10, '0')} ${String(generation).padStart(5, '0')}`;
      return `${place} ${free ? 'f' : 'n'} \n`;
    };
    return this.#runs()
      .map((run) => `${run[0]} ${run.length}\n${run.map(row).join('')}`)
      .join('');
  }

  #records(): Uint8Array {
    const numbers = this.#runs().flat();
    const bytes = Buffer.alloc(numbers.length * 9);
    numbers.forEach((number, index) => {
      const { offset, generation, free } = this.#entry(number);
      bytes.writeUInt8(free ? 0 : 1, index * 9);
      bytes.writeUIntBE(offset, index * 9 + 1, 6);
      bytes.writeUInt16BE(generation, index * 9 + 7);
    });
    return bytes;
  }

  #entry(number: number): Entry {
    return this.#entries.get(number) as Entry;
  }

  /** The numbers of the objects that were written, in order, each run without a gap. */
  #runs(): number[][] {
    const runs: number[][] = [];
    for (const number of [...this.#entries.keys()].sort((one, other) => one - other)) {
      const run = runs.at(-1);
      if (run?.at(-1) === number - 1) run.push(number);
      else runs.push([number]);
    }
    return runs;
  }

  async #append(content: string | Uint8Array): Promise<void> {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    this.#offset += bytes.length;
    if (this.#pendingBytes >= BUFFER_BYTES) await this.#flush();
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#pending);
    this.#pending = [];
    this.#pendingBytes = 0;
    await this.#handle.writeFile(bytes);
  }
}

/** Syntax for a number: no exponent, at most four decimals. */
export function pdfNumber(value: number): string {
  const text = value.toFixed(4).replace(/\.?0+$/, '');
  return text === '-0' ? '0' : text;
}

/** A stream compressed as PDF does it; `entries` besides its filter. */
export function flateObject(data: Uint8Array | string, entries = ''): PdfObject {
  return { entries: `${entries} /Filter /FlateDecode`.trim(), data: deflateSync(data) };
}
