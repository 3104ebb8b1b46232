import { Reader } from './traineddata.ts';

const MARKER = 1;
const WORD_END = 4;
const FLAG_BITS = 3;
const ROOT = 0;
/** An edge that is not there, and the node after one that nothing follows. */
export const NONE = -1;

/**
 * A word list as a directed acyclic graph of letters (Tesseract's squished DAWG): a node is the index
 * of its first edge, and its edges follow one another up to one with a marker.
 * https://github.com/tesseract-ocr/tesseract/blob/main/src/dict/dawg.h
 */
export class Dawg {
  readonly #edges: BigUint64Array;
  readonly #letterMask: bigint;
  readonly #flagBit: bigint;
  readonly #nextBit: bigint;
  readonly #roots: Map<number, number>;

  constructor(part: Buffer) {
    const reader = new Reader(part);
    reader.skip(2); // Magic number.
    const letterBits = Math.ceil(Math.log2(reader.uint32() + 1));
    this.#edges = BigUint64Array.from({ length: reader.uint32() }, () => reader.uint64());
    this.#letterMask = (1n << BigInt(letterBits)) - 1n;
    this.#flagBit = BigInt(letterBits);
    this.#nextBit = BigInt(letterBits + FLAG_BITS);
    this.#roots = new Map(this.#edgesOf(ROOT).map((edge) => [this.#letterOf(edge), edge]));
  }

  /** The edge of a letter out of a node, or NONE. */
  edge(node: number, letter: number): number {
    if (node === NONE) return NONE;
    if (node === ROOT) return this.#roots.get(letter) ?? NONE;
    for (let edge = node; edge < this.#edges.length; edge += 1) {
      if (this.#letterOf(edge) === letter) return edge;
      if (this.#flags(edge) & MARKER) break;
    }
    return NONE;
  }

  /** The node that an edge leads to, or NONE. */
  next(edge: number): number {
    return Number((this.#edges[edge] as bigint) >> this.#nextBit) || NONE;
  }

  endsWord(edge: number): boolean {
    return (this.#flags(edge) & WORD_END) !== 0;
  }

  #edgesOf(node: number): number[] {
    const edges: number[] = [];
    for (let edge = node; edge < this.#edges.length; edge += 1) {
      edges.push(edge);
      if (this.#flags(edge) & MARKER) break;
    }
    return edges;
  }

  #letterOf(edge: number): number {
    return Number((this.#edges[edge] as bigint) & this.#letterMask);
  }

  #flags(edge: number): number {
    return Number(((this.#edges[edge] as bigint) >> this.#flagBit) & 7n);
  }
}
