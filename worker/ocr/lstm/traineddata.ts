/** The parts of a `.traineddata` file that the line recogniser uses, by their place in its table. */
const PARTS = {
  network: 17,
  punctuation: 18,
  words: 19,
  numbers: 20,
  unicharset: 21,
  recoder: 22,
} as const;

export type TrainedDataPart = keyof typeof PARTS;

/**
 * The parts of a Tesseract 4 or 5 `.traineddata` file: a table of 64-bit offsets (-1 where a part is
 * absent), then the parts, each up to the next.
 * https://github.com/tesseract-ocr/tesseract/blob/main/src/ccutil/tessdatamanager.h
 */
export function partsOf(file: Buffer): Map<TrainedDataPart, Buffer> {
  const count = file.readUInt32LE(0);
  const offsets = Array.from({ length: count }, (_, part) =>
    Number(file.readBigInt64LE(4 + 8 * part)),
  );
  const ends = [...offsets.filter((offset) => offset >= 0), file.length].toSorted((a, b) => a - b);
  const parts = new Map<TrainedDataPart, Buffer>();
  for (const [name, place] of Object.entries(PARTS)) {
    const start = offsets[place] ?? -1;
    const end = ends.find((candidate) => candidate > start);
    if (start >= 0 && end) parts.set(name as TrainedDataPart, file.subarray(start, end));
  }
  return parts;
}

/** Reads Tesseract's little-endian serialisation, front to back. */
export class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  int8(): number {
    return this.#bytes.readInt8(this.#move(1));
  }

  int16(): number {
    return this.#bytes.readInt16LE(this.#move(2));
  }

  int32(): number {
    return this.#bytes.readInt32LE(this.#move(4));
  }

  uint32(): number {
    return this.#bytes.readUInt32LE(this.#move(4));
  }

  uint64(): bigint {
    return this.#bytes.readBigUInt64LE(this.#move(8));
  }

  float64(): number {
    return this.#bytes.readDoubleLE(this.#move(8));
  }

  bytes(length: number): Buffer {
    const start = this.#move(length);
    return this.#bytes.subarray(start, start + length);
  }

  string(): string {
    return this.bytes(this.uint32()).toString('utf8');
  }

  skip(length: number): void {
    this.#move(length);
  }

  #move(length: number): number {
    const start = this.#at;
    this.#at += length;
    return start;
  }
}
