import type { GrayRaster } from '#worker/page/raster.ts';
import { estimatePaper } from './paper.ts';

/** The page in squares: what its paper and its ink are like in each. */
export interface Tiles {
  /** Pixels of a side. */
  size: number;
  columns: number;
  rows: number;
  /** Gray level of the paper, row by row. */
  paper: Float32Array;
  /** Gray level of the darkest strokes; near `paper` where there are none. */
  ink: Float32Array;
  /** Gray levels from the middle pixel to the darkest and to the brightest ones. */
  darker: Float32Array;
  brighter: Float32Array;
  /** Standard deviation of the noise, gray levels, by the spread of the brighter half. */
  noise: Float32Array;
  /** 1 where the tile is part of a box, picture or border. */
  boxes: Uint8Array;
  /** Every other pixel of the page by its gray level, `GRAY_LEVELS_PER_BIN` together. */
  histogram: Uint32Array;
}

/** Tiles along the long side: on A4 each is about as high as a line of text. */
const LONG_SIDE_TILES = 64;
const LEAST_TILE = 16;
/** Ink covers less of a tile than the rest of this share. */
const PAPER_PERCENTILE = 0.75;
const INK_PERCENTILE = 0.03;
/** Quartile of the normal distribution, standard deviations. */
const QUARTILE = 0.6745;
const BIN_SHIFT = 2;
export const GRAY_LEVELS_PER_BIN = 1 << BIN_SHIFT;
const BINS = 256 >> BIN_SHIFT;

/** Measures paper and ink of each tile by percentiles of its pixels. */
export function measureTiles({ data, width, height }: GrayRaster): Tiles {
  const size = Math.max(LEAST_TILE, Math.ceil(Math.max(width, height) / LONG_SIDE_TILES));
  const columns = Math.max(1, Math.round(width / size));
  const rows = Math.max(1, Math.round(height / size));
  const list = () => new Float32Array(columns * rows);
  const [bright, ink, darker, brighter, noise] = [list(), list(), list(), list(), list()];
  const whole = new Uint32Array(BINS);
  const histogram = new Uint32Array(BINS);
  for (let row = 0; row < rows; row++) {
    const [top, bottom] = span(row, rows, size, height);
    for (let column = 0; column < columns; column++) {
      const [left, right] = span(column, columns, size, width);
      histogram.fill(0);
      // Every other pixel of a row, in turn: the percentiles of a tile are those of half of it.
      for (let y = top; y < bottom; y++) {
        for (let at = y * width + left + (y & 1), end = y * width + right; at < end; at += 2) {
          (histogram[(data[at] as number) >> BIN_SHIFT] as number)++;
        }
      }
      const tile = row * columns + column;
      const count = histogram.reduce((sum, pixels) => sum + pixels, 0);
      const level = (share: number) => percentile(histogram, count * share);
      const [dark, middle, upper] = [level(INK_PERCENTILE), level(0.5), level(PAPER_PERCENTILE)];
      bright[tile] = upper;
      ink[tile] = dark;
      darker[tile] = middle - dark;
      brighter[tile] = level(1 - INK_PERCENTILE) - middle;
      noise[tile] = (upper - middle) / QUARTILE;
      for (let bin = 0; bin < BINS; bin++) (whole[bin] as number) += histogram[bin] as number;
    }
  }
  const paper = estimatePaper(bright, { columns, rows, darker, brighter });
  return { size, columns, rows, ...paper, ink, darker, brighter, noise, histogram: whole };
}

/** The last tile of a row or column takes what is left over. */
function span(index: number, count: number, size: number, length: number): [number, number] {
  return [index * size, index === count - 1 ? length : (index + 1) * size];
}

/** The gray level that this many pixels do not pass, between the edges of its bin by share. */
function percentile(histogram: Uint32Array, wanted: number): number {
  let below = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const here = histogram[bin] as number;
    if (below + here >= wanted && here > 0) {
      return Math.min(255, (bin + (wanted - below) / here) * GRAY_LEVELS_PER_BIN);
    }
    below += here;
  }
  return 255;
}
