import type { Box } from '#server/pages/layout.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import { boxOf, findComponents } from './components.ts';
import { otsuThreshold } from './light.ts';
import { GRAY_LEVELS_PER_BIN } from './tiles.ts';

/** Cells along the long side: on A4 each is a few strokes wide, so that light letters on dark average dark. */
const LONG_SIDE_CELLS = 400;
const LEAST_CELL = 2;
/** Share of the paper's level below which a cell is dark. */
const DARK = 0.7;
const PAPER_PERCENTILE = 0.9;
/** Cells of a side from which a dark area may hold text. */
const LEAST_SIDE = 4;

/** A dark area of any convex shape, row by row. Pixels of the raster. */
export interface DarkArea {
  box: Box;
  /** Its first and last dark pixel of each row of the box, the last one excluded. */
  from: Int32Array;
  to: Int32Array;
  /** Mean gray levels of the area and of what is light on it. */
  dark: number;
  light: number;
}

/** Share of the page from which an area is the page. */
const WHOLE = 0.8;

/** Finds areas darker than the paper that end straight, as boxes, bars and discs do; the page itself is none. */
export function findDarkAreas(raster: GrayRaster): DarkArea[] {
  const cells = averageCells(raster);
  return darkBoxes(cells)
    .flatMap((box) => outline(raster, box, cells) ?? [])
    .filter(({ box: [x0, y0, x1, y1] }) => {
      return (x1 - x0) * (y1 - y0) < WHOLE * raster.width * raster.height;
    });
}

/** Pixels of the side of a cell of a page. */
export function cellSize({ width, height }: Pick<GrayRaster, 'width' | 'height'>): number {
  return Math.max(LEAST_CELL, Math.round(Math.max(width, height) / LONG_SIDE_CELLS));
}

interface Cells extends GrayRaster {
  /** Pixels of a side. */
  size: number;
}

/** Dark cells are black, others white; such that are in no square of four dark ones are rules. */
function averageCells(raster: GrayRaster): Cells {
  const size = cellSize(raster);
  const [width, height] = [Math.ceil(raster.width / size), Math.ceil(raster.height / size)];
  const means = new Uint8Array(width * height);
  for (let row = 0, cell = 0; row < height; row++) {
    for (let column = 0; column < width; column++, cell++) {
      means[cell] = meanOf(raster, column * size, row * size, size);
    }
  }
  const paper = means.toSorted()[Math.floor(PAPER_PERCENTILE * means.length)] as number;
  const data = inSquares(means, DARK * paper, width);
  return { data, width, height, dpi: raster.dpi, size };
}

/** Of every fourth pixel. */
function meanOf({ data, width, height }: GrayRaster, left: number, top: number, size: number) {
  const [right, bottom] = [Math.min(width, left + size), Math.min(height, top + size)];
  let [sum, count] = [0, 0];
  for (let y = top; y < bottom; y += 2) {
    for (let at = y * width + left, end = y * width + right; at < end; at += 2) {
      sum += data[at] as number;
      count++;
    }
  }
  return sum / count;
}

function inSquares(means: Uint8Array, threshold: number, columns: number): Uint8Array {
  const kept = new Uint8Array(means.length).fill(255);
  const isDark = (cell: number) => (means[cell] as number) < threshold;
  for (let at = 0; at + columns + 1 < means.length; at++) {
    const [beside, below] = [at + 1, at + columns];
    if (beside % columns === 0) continue;
    if (!isDark(at) || !isDark(beside) || !isDark(below) || !isDark(below + 1)) continue;
    kept[at] = kept[beside] = kept[below] = kept[below + 1] = 0;
  }
  return kept;
}

/** Boxes in cells. */
function darkBoxes(cells: Cells): Box[] {
  const found = findComponents(cells, 128);
  return Array.from({ length: found.count }, (_, index) => boxOf(found, index)).filter(
    ([x0, y0, x1, y1]) => Math.min(x1 - x0, y1 - y0) >= LEAST_SIDE,
  );
}

/** Gray levels between what is dark and what is light. */
const LEAST_CONTRAST = 40;
/** Share of the first and the last row that is dark: the area ends there, not a letter. */
const SOLID = 0.85;
/** Share of the rows of the cells that are left between those two. */
const LEAST_ROWS = 0.7;
/** Share of the area that is dark: more than of letters. */
const LEAST_DARK = 0.55;

/** Where the area ends, to the pixel; undefined where it is no area. */
function outline(raster: GrayRaster, cellBox: Box, { size }: Cells): DarkArea | undefined {
  const [x0, y0, x1, y1] = cellBox.map((cell) => cell * size) as Box;
  const levels = levelsOf(raster, [
    x0,
    y0,
    Math.min(x1, raster.width),
    Math.min(y1, raster.height),
  ]);
  if (levels.light - levels.dark < LEAST_CONTRAST) return undefined;
  const [left, right] = [Math.max(0, x0 - size), Math.min(raster.width, x1 + size)];
  const [top, bottom] = [Math.max(0, y0 - size), Math.min(raster.height, y1 + size)];
  const rows = Array.from({ length: bottom - top }, (_, row) =>
    spanOf(raster, (top + row) * raster.width, left, right, levels.threshold),
  );
  const solid = (row: { from: number; to: number; dark: number }) =>
    row.dark > 0 && row.dark >= SOLID * (row.to - row.from);
  const first = rows.findIndex(solid);
  const last = rows.findLastIndex(solid);
  if (last - first < LEAST_ROWS * (y1 - y0)) return undefined;
  const kept = rows.slice(first, last + 1);
  const all = kept.reduce((sum, { from, to }) => sum + to - from, 0);
  const dark = kept.reduce((sum, row) => sum + row.dark, 0);
  if (dark < LEAST_DARK * all) return undefined;
  return {
    box: [
      Math.min(...kept.map(({ from }) => from)),
      top + first,
      Math.max(...kept.map(({ to }) => to)),
      top + last + 1,
    ],
    from: Int32Array.from(kept, ({ from }) => from),
    to: Int32Array.from(kept, ({ to }) => to),
    dark: levels.dark,
    light: levels.light,
  };
}

function spanOf({ data }: GrayRaster, row: number, left: number, right: number, threshold: number) {
  let from = right;
  let to = right;
  let dark = 0;
  for (let x = left; x < right; x++) {
    if ((data[row + x] as number) >= threshold) continue;
    if (dark++ === 0) from = x;
    to = x + 1;
  }
  return { from, to, dark };
}

/** Otsu's threshold within the box, and the means on both of its sides. */
function levelsOf({ data, width }: GrayRaster, [x0, y0, x1, y1]: Box) {
  const histogram = new Uint32Array(256 / GRAY_LEVELS_PER_BIN);
  for (let y = y0; y < y1; y += 2) {
    for (let at = y * width + x0, end = y * width + x1; at < end; at += 2) {
      (histogram[Math.floor((data[at] as number) / GRAY_LEVELS_PER_BIN)] as number)++;
    }
  }
  const threshold = otsuThreshold(histogram);
  const levelOf = (isPart: (level: number) => boolean) => {
    let [sum, count] = [0, 0];
    for (const [bin, pixels] of histogram.entries()) {
      const level = bin * GRAY_LEVELS_PER_BIN;
      if (!isPart(level)) continue;
      sum += level * pixels;
      count += pixels;
    }
    return sum / Math.max(1, count);
  };
  return {
    threshold,
    dark: levelOf((level) => level < threshold),
    light: levelOf((level) => level >= threshold),
  };
}
