import { bitsOf, type CodeTable, LEAST_MAKE_UP, LONGEST_CODE, meaningOf } from './codes.ts';

/** Bits of which an end of line has at least that many zeros before its one. */
const END_OF_LINE_ZEROS = 11;

/** The bits of a fax, taken one code after the other. */
export class Bits {
  readonly #data: Uint8Array;
  readonly #reversed: boolean;
  /** Bits taken so far. */
  #at = 0;

  constructor(data: Uint8Array, reversed: boolean) {
    this.#data = data;
    this.#reversed = reversed;
  }

  get ended(): boolean {
    return this.#at >= this.#data.length * 8;
  }

  align(): void {
    this.#at = (this.#at + 7) & ~7;
  }

  take(count: number): number {
    const value = this.#peek() >> (LONGEST_CODE - count);
    this.#at += count;
    return value;
  }

  /** Null where the next bits are no code, or where there are none. */
  takeCode(table: CodeTable): number | null {
    const entry = table[this.#peek()] as number;
    this.#at += bitsOf(entry);
    return entry === 0 || this.#at > this.#data.length * 8 ? null : meaningOf(entry);
  }

  takeRun(table: CodeTable): number | null {
    for (let pixels = 0; ; ) {
      const run = this.takeCode(table);
      if (run === null) return null;
      pixels += run;
      if (run < LEAST_MAKE_UP) return pixels;
    }
  }

  /** How many ends of line follow each other here; what fills the last byte is passed, too. */
  skipEndsOfLine(): number {
    let ends = 0;
    while (this.#peek() >> (LONGEST_CODE - END_OF_LINE_ZEROS) === 0 && !this.ended) {
      while (!this.ended && this.take(1) === 0);
      if (!this.ended) ends++;
    }
    return ends;
  }

  /** Goes to the next end of line; false where there is none. */
  seekEndOfLine(): boolean {
    while (!this.ended && this.#peek() >> (LONGEST_CODE - END_OF_LINE_ZEROS) !== 0) this.#at++;
    return !this.ended;
  }

  /** The next bits, as many as the longest code has; zeros after the last. */
  #peek(): number {
    const byte = this.#at >> 3;
    const three = (this.#byte(byte) << 16) | (this.#byte(byte + 1) << 8) | this.#byte(byte + 2);
    return (three >> (24 - LONGEST_CODE - (this.#at & 7))) & ((1 << LONGEST_CODE) - 1);
  }

  #byte(index: number): number {
    const byte = this.#data[index] ?? 0;
    return this.#reversed ? (REVERSED[byte] as number) : byte;
  }
}

const REVERSED = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number.parseInt(byte.toString(2).padStart(8, '0').split('').reverse().join(''), 2),
);
