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

/** Whether a raster that is blank to the engine has marks that stand out of its noise. */
export function hasFaintMarks({ data, width, height }: GrayRaster): boolean {
  const columns = Math.floor(width / CELL);
  const rows = Math.floor(height / CELL);
  if (columns < 3 * REACH || rows < 3 * REACH) return false;
  const cells = averages(data, width, { columns, rows });
  const differences = differencesOf(cells, { columns, rows });
  const usual = differences.toSorted()[differences.length >> 1] as number;
  const least = Math.max(LEAST_DIFFERENCE, MARKED * usual);
  const marks = differences.reduce((count, difference) => count + +(difference >= least), 0);
  return marks >= LEAST_CELLS && marks < MOST_CELLS_SHARE * differences.length;
}

interface Grid {
  columns: number;
  rows: number;
}

function averages(data: Uint8Array, width: number, { columns, rows }: Grid): Float32Array {
  const cells = new Float32Array(columns * rows);
  for (let y = 0; y < rows * CELL; y++) {
    const row = Math.floor(y / CELL) * columns;
    for (let x = 0; x < columns * CELL; x++) {
      const cell = row + Math.floor(x / CELL);
      cells[cell] = (cells[cell] as number) + (data[y * width + x] as number) / CELL ** 2;
    }
  }
  return cells;
}

/** Of each cell from the average around it, gray levels, without those of the rim. */
function differencesOf(cells: Float32Array, { columns, rows }: Grid): Float32Array {
  const sums = summedArea(cells, { columns, rows });
  const stride = columns + 1;
  const [rimX, rimY] = [columns, rows].map((side) => Math.max(REACH, Math.ceil(RIM * side))) as [
    number,
    number,
  ];
  const differences = new Float32Array((columns - 2 * rimX) * (rows - 2 * rimY));
  let count = 0;
  for (let y = rimY; y < rows - rimY; y++) {
    const [above, below] = [(y - REACH) * stride, (y + REACH + 1) * stride];
    for (let x = rimX; x < columns - rimX; x++) {
      const [left, right] = [x - REACH, x + REACH + 1];
      const at = (index: number) => sums[index] as number;
      const sum = at(below + right) - at(below + left) - at(above + right) + at(above + left);
      const around = sum / (2 * REACH + 1) ** 2;
      differences[count++] = Math.abs((cells[y * columns + x] as number) - around);
    }
  }
  return differences;
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
