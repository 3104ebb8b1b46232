import type { GrayRaster } from './raster.ts';

/** What a reader of a page should know that was taken for blank. */
export const FAINT_MARKS = 'Faint marks on the page were taken for paper, and not read.';

/** Pixels of the side of a cell: about as wide as the stroke of a letter, so that noise is averaged. */
const CELL = 4;
/** Cells to each side that a cell is compared with: uneven light changes more slowly. */
const REACH = 6;
/** Gray levels, and how many times the usual difference, by which a mark differs from what is around it. */
const LEAST_DIFFERENCE = 3;
const MARKED = 8;
/** Cells of marks: fewer are dust, more than this share are the paper itself. */
const LEAST_CELLS = 80;
const MOST_CELLS_SHARE = 0.3;
/** Share of a side that shows the rim of what was scanned. */
const RIM = 0.04;

/** Of a gray level, to which differences are counted, and the levels beyond which they are all alike. */
const FINENESS = 64;
const MOST_LEVELS = 32;

/** Whether a raster that is blank to the engine has marks that stand out of its noise. */
export function hasFaintMarks({ data, width, height }: GrayRaster): boolean {
  const columns = Math.floor(width / CELL);
  const rows = Math.floor(height / CELL);
  if (columns < 3 * REACH || rows < 3 * REACH) return false;
  const cells = averages(data, width, { columns, rows });
  const counts = countDifferences(cells, { columns, rows });
  const count = counts.reduce((sum, each) => sum + each);
  let [usual, below] = [0, counts[0] as number];
  while (below <= count >> 1) below += counts[++usual] as number;
  const least = Math.max(LEAST_DIFFERENCE * FINENESS, MARKED * usual);
  const marks = counts.subarray(least).reduce((sum, each) => sum + each, 0);
  return marks >= LEAST_CELLS && marks < MOST_CELLS_SHARE * count;
}

interface Grid {
  columns: number;
  rows: number;
}

function averages(data: Uint8Array, width: number, { columns, rows }: Grid): Float32Array {
  const cells = new Float32Array(columns * rows);
  for (let y = 0; y < rows * CELL; y++) {
    const row = Math.floor(y / CELL) * columns;
    for (let column = 0, at = y * width; column < columns; column++, at += CELL) {
      let sum = 0;
      for (let x = at; x < at + CELL; x++) sum += data[x] as number;
      cells[row + column] = (cells[row + column] as number) + sum / CELL ** 2;
    }
  }
  return cells;
}

/** How many cells differ how much from the average around them, without those of the rim. */
function countDifferences(cells: Float32Array, { columns, rows }: Grid): Uint32Array {
  const sums = summedArea(cells, { columns, rows });
  const stride = columns + 1;
  const rimX = Math.max(REACH, Math.ceil(RIM * columns));
  const rimY = Math.max(REACH, Math.ceil(RIM * rows));
  const most = MOST_LEVELS * FINENESS;
  const counts = new Uint32Array(most + 1);
  const area = (2 * REACH + 1) ** 2;
  for (let y = rimY; y < rows - rimY; y++) {
    const above = (y - REACH) * stride - REACH;
    const below = (y + REACH + 1) * stride - REACH;
    for (let x = rimX; x < columns - rimX; x++) {
      const lower = (sums[below + x + 2 * REACH + 1] as number) - (sums[below + x] as number);
      const upper = (sums[above + x + 2 * REACH + 1] as number) - (sums[above + x] as number);
      const difference = Math.abs((cells[y * columns + x] as number) - (lower - upper) / area);
      const step = Math.min(most, Math.floor(difference * FINENESS));
      counts[step] = (counts[step] as number) + 1;
    }
  }
  return counts;
}

/** The sums of all cells above and to the left. */
function summedArea(cells: Float32Array, { columns, rows }: Grid): Float64Array {
  const stride = columns + 1;
  const sums = new Float64Array(stride * (rows + 1));
  for (let y = 0; y < rows; y++) {
    let row = 0;
    for (let x = 0; x < columns; x++) {
      row += cells[y * columns + x] as number;
      sums[(y + 1) * stride + x + 1] = (sums[y * stride + x + 1] as number) + row;
    }
  }
  return sums;
}
