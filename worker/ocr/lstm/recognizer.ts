import { type CellLayer, type Chain, STEP } from './chain.ts';
import { type Kernel, roundUp } from './kernel.ts';
import { BLOCK, type Placed, placeCells, placeClasses, placeConvolution } from './place.ts';

/** Pixels of a line of text. */
export interface Line {
  width: number;
  /** Rows from the top, -127 black to 127 white. */
  pixels: Int8Array;
}

/** What the network makes of a line, step by step from the left; a step is `STEP` pixels wide. */
export interface LineScores {
  steps: number;
  classes: number;
  /** Rows of `stride` probabilities, of which the first `classes` count. */
  stride: number;
  probabilities: Float32Array;
}

/** Rows of activations of each line: where the first is, and the bytes from one to the next. */
interface Rows {
  starts: number[];
  step: number;
}

/** Bytes of an entry in the kernel's table of sequences, in words of 32 bits. */
const SEQUENCE = 3;

/** Runs a network over many lines at once. */
export class LineRecognizer {
  /** Pixels of a line from top to bottom. */
  readonly height: number;
  readonly #chain: Chain;
  readonly #kernel: Kernel;
  readonly #placed: { convolution: Placed; column: Placed; rows: Placed[]; classes: Placed };
  readonly #free: number;

  constructor(chain: Chain, kernel: Kernel) {
    this.#chain = chain;
    this.#kernel = kernel;
    this.height = chain.height;
    this.#placed = {
      convolution: placeConvolution(kernel, chain.convolution),
      column: placeCells(kernel, chain.column),
      rows: chain.rows.map((layer) => placeCells(kernel, layer)),
      classes: placeClasses(kernel, chain.classes),
    };
    this.#free = kernel.mark();
  }

  /** Scores in the order of the lines, valid until the next call. */
  recognize(lines: Line[]): LineScores[] {
    this.#kernel.release(this.#free);
    // The kernel wants the longest first: the others end before it, never in between.
    const sorted = [...lines.keys()].sort(
      (one, other) => widthOf(lines, other) - widthOf(lines, one),
    );
    const steps = sorted.map((index) => Math.floor(widthOf(lines, index) / STEP));
    let rows = this.#readColumns(
      sorted.map((index) => lines[index] as Line),
      steps,
    );
    this.#chain.rows.forEach((layer, index) => {
      rows = this.#readRows(layer, this.#placed.rows[index] as Placed, rows, steps);
    });
    const places = steps.map((count, index) => this.#classify(rows.starts[index] as number, count));
    const scores: LineScores[] = [];
    sorted.forEach((index, place) => {
      scores[index] = this.#scoresAt(places[place] as number, steps[place] as number);
    });
    return scores;
  }

  /** Each column as one row of activations: what the cells that read it from the top put out last. */
  #readColumns(lines: Line[], steps: number[]): Rows {
    const { column } = this.#chain;
    const rows = Math.floor(this.height / STEP);
    const [from, to] = [column.inputs * this.#kernel.width, column.cells * this.#kernel.width];
    const starts = lines.map((line, index) => {
      const columns = steps[index] as number;
      const out = this.#kernel.take(columns * rows * to);
      const mark = this.#kernel.mark();
      const pooled = this.#convolve(line, columns, rows);
      const table = new Int32Array(columns * SEQUENCE);
      for (let x = 0; x < columns; x += 1) {
        table.set([pooled + x * rows * from, out + x * rows * to, rows], x * SEQUENCE);
      }
      this.#remember(column, this.#placed.column, table, from, to);
      this.#kernel.release(mark);
      return out + (rows - 1) * to;
    });
    return { starts, step: rows * to };
  }

  #convolve({ width, pixels }: Line, columns: number, rows: number): number {
    const { storage, width: bytes } = this.#kernel;
    const length = 4 * this.height * (width + 2);
    const patches = this.#kernel.take(length * bytes);
    const to = this.#kernel.take(columns * rows * BLOCK * bytes);
    layColumns(
      this.#kernel.activations(patches, length),
      pixels,
      width,
      this.height,
      storage.offset,
    );
    const { weights, biases, scales } = this.#placed.convolution;
    this.#kernel.run(
      'convolve',
      ...[patches, columns * STEP, rows * STEP, weights, biases, scales, to, storage.offset],
    );
    return to;
  }

  #readRows(layer: CellLayer, placed: Placed, { starts, step }: Rows, steps: number[]): Rows {
    const to = layer.cells * this.#kernel.width;
    const outputs = steps.map((count) => this.#kernel.take(count * to));
    const table = new Int32Array(steps.length * SEQUENCE);
    steps.forEach((count, index) => {
      const last = layer.backwards ? Math.max(0, count - 1) : 0;
      const [from, out] = [starts[index] as number, outputs[index] as number];
      table.set([from + last * step, out + last * to, count], index * SEQUENCE);
    });
    const sign = layer.backwards ? -1 : 1;
    this.#remember(layer, placed, table, sign * step, sign * to);
    return { starts: outputs, step: to };
  }

  #remember(layer: CellLayer, placed: Placed, table: Int32Array, from: number, to: number): void {
    if (table.length === 0) return;
    const mark = this.#kernel.mark();
    const count = table.length / SEQUENCE;
    const sequences = this.#kernel.take(table.byteLength);
    const states = this.#kernel.take((count + 1) * layer.cells * 4);
    const spare = this.#kernel.take(2 * layer.cells * this.#kernel.width);
    this.#kernel.int32(sequences, table.length).set(table);
    const { weights, biases, scales } = placed;
    this.#kernel.run(
      'lstm',
      ...[count, sequences, from, to, layer.inputs, layer.cells],
      ...[weights, biases, scales, states, spare, this.#kernel.storage.offset],
    );
    this.#kernel.release(mark);
  }

  #classify(from: number, steps: number): number {
    const { inputs } = this.#chain.classes;
    const to = this.#kernel.take(steps * this.#stride * 4);
    const { weights, biases, scales } = this.#placed.classes;
    this.#kernel.run('softmax', steps, from, inputs, this.#stride, weights, biases, scales, to);
    return to;
  }

  #scoresAt(at: number, steps: number): LineScores {
    const probabilities = this.#kernel.float32(at, steps * this.#stride);
    return { steps, classes: this.#chain.classes.outputs, stride: this.#stride, probabilities };
  }

  get #stride(): number {
    return roundUp(this.#chain.classes.outputs, BLOCK);
  }
}

function widthOf(lines: Line[], index: number): number {
  return (lines[index] as Line).width;
}

/** Outside of a line is paper, as around most: gray there is read as marks behind short words. */
const PAPER = 127;

/**
 * For each pixel, column by column with a column of paper on either side, the one above, itself, the one
 * below and one without weight.
 */
function layColumns(
  to: Uint8Array | Int16Array,
  pixels: Int8Array,
  width: number,
  height: number,
  offset: number,
): void {
  const paper = PAPER + offset;
  to.fill(paper);
  for (let x = 0; x < width; x += 1) {
    let at = 4 * height * (x + 1);
    let above = paper;
    let here = (pixels[x] as number) + offset;
    for (let row = width + x; row < width * (height + 1); row += width, at += 4) {
      const below = row < pixels.length ? (pixels[row] as number) + offset : paper;
      to[at] = above;
      to[at + 1] = here;
      to[at + 2] = below;
      above = here;
      here = below;
    }
  }
}
