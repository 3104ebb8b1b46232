import type { LayoutBlock, LayoutLine } from '../lstm/runs.ts';
import type { RawBox } from '../tesseract-blocks.ts';
import type { Pointer, TesseractLibrary } from './library.ts';

/** Tesseract's levels of an iterator. */
const LEVEL = { block: 0, paragraph: 1, line: 2, word: 3, symbol: 4 };

/** The layout that an iterator walks through, from where it stands to its end. */
export function layoutOf(library: TesseractLibrary, iterator: Pointer): LayoutBlock[] {
  const at = new LayoutCursor(library, iterator);
  const blocks: LayoutBlock[] = [];
  do {
    if (at.begins('block')) blocks.push({ blocktype: at.kind, paragraphs: [] });
    // A picture or a rule has nothing in it.
    const bbox = at.box('symbol');
    if (!bbox) continue;
    const { paragraphs } = blocks.at(-1) as LayoutBlock;
    if (at.begins('paragraph')) paragraphs.push({ lines: [] });
    const lines = paragraphs.at(-1)?.lines as LayoutLine[];
    if (at.begins('line')) lines.push(at.line());
    const { words } = lines.at(-1) as LayoutLine;
    if (at.begins('word')) words.push({ bbox: at.box('word') as RawBox, symbols: [] });
    words.at(-1)?.symbols.push({ bbox });
  } while (at.next());
  return blocks;
}

class LayoutCursor {
  readonly #library: TesseractLibrary;
  readonly #iterator: Pointer;
  /** What the library answers into. */
  readonly #edges = Array.from({ length: 4 }, () => new Int32Array(1)) as FourNumbers;
  readonly #row = Array.from({ length: 3 }, () => new Float32Array(1)) as ThreeNumbers;

  constructor(library: TesseractLibrary, iterator: Pointer) {
    this.#library = library;
    this.#iterator = iterator;
  }

  get kind(): number {
    return this.#library.kindOf(this.#iterator);
  }

  begins(level: keyof typeof LEVEL): boolean {
    return this.#library.begins(this.#iterator, LEVEL[level]) !== 0;
  }

  next(): boolean {
    return this.#library.next(this.#iterator, LEVEL.symbol) !== 0;
  }

  box(level: keyof typeof LEVEL): RawBox | undefined {
    const found = this.#library.boxOf(this.#iterator, LEVEL[level], ...this.#edges);
    return found ? this.#answer() : undefined;
  }

  line(): LayoutLine {
    const bbox = this.box('line') as RawBox;
    this.#library.baselineOf(this.#iterator, LEVEL.line, ...this.#edges);
    this.#library.rowOf(this.#iterator, ...this.#row);
    const [rowHeight, descenders, ascenders] = this.#row.map(([value]) => value as number);
    return {
      bbox,
      baseline: this.#answer(),
      // The library counts what is below the baseline as negative.
      rowAttributes: {
        rowHeight: rowHeight as number,
        descenders: -(descenders as number),
        ascenders: ascenders as number,
      },
      words: [],
    };
  }

  #answer(): RawBox {
    const [x0, y0, x1, y1] = this.#edges.map(([edge]) => edge) as [number, number, number, number];
    return { x0, y0, x1, y1 };
  }
}

type FourNumbers = [Int32Array, Int32Array, Int32Array, Int32Array];
type ThreeNumbers = [Float32Array, Float32Array, Float32Array];
