import type { Box } from '#server/pages/layout.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import type { Components } from '#worker/prepare/components.ts';

/** Inches of the side of a tile; four of them make the square that is looked at. */
const TILE = 0.25;
/** Share of a row or a column that is ink where it is no gap. */
const LEAST_INK = 0.03;
/** Share of the rows and of the columns of a picture that are gaps. */
const MOST_GAPS = 0.05;
/** Fewer tiles than these may be a large letter. */
const LEAST_TILES = 6;
/** Share of the tiles above which it is noise that fills the gaps, or the page is one picture. */
const MOST_TILES = 0.5;
/** Tiles by which a picture may go on beyond those that were found. */
const REACH = 1.2;

/**
 * Finds pictures: areas in which neither rows nor columns of pixels are free of ink, as they are
 * between lines and between letters, whatever stands there. Lines under a stain or a shadow show by
 * what is dark there. Pages without a trace of a picture are not looked at.
 */
export function findPictures(raster: GrayRaster, ink: Components, threshold: number): Box[] {
  if (!mayHoldPictures(ink, raster)) return [];
  const counts = countInk(raster, threshold, Math.round(TILE * raster.dpi));
  const tiles = closed(withoutGaps(counts), counts);
  const found = tiles.reduce((sum, tile) => sum + tile, 0);
  if (found > MOST_TILES * tiles.length) return [];
  return groups(tiles, counts)
    .filter((group) => group.length >= LEAST_TILES && !holdsLines(group, counts, raster))
    .flatMap((group) => boxesOf(group, counts, raster));
}

/** Inches of the sides of what is hardly a letter, and how many of these. */
const LARGE = 0.3;
const MANY_LARGE = 5;
/** Inches of the sides of what is no letter at all, and the share of it that is ink. */
const HUGE = 1;
const HUGE_FILL = 0.1;
/** Inches of a square in which this many components are dots, and how many of these. */
const SQUARE = 0.2;
const CROWD = 30;
const MANY_CROWDED = 10;

/** Share of these squares on the page that noise fills, not a picture. */
const MOST_CROWDED = 0.4;

function mayHoldPictures(ink: Components, { width, height, dpi }: GrayRaster): boolean {
  const crowds = new Map<number, number>();
  let large = 0;
  let crowded = 0;
  for (let index = 0; index < ink.count; index++) {
    const [x0, y0] = [ink.x0[index] as number, ink.y0[index] as number];
    const [width, height] = [(ink.x1[index] as number) - x0, (ink.y1[index] as number) - y0];
    if (Math.min(width, height) >= LARGE * dpi) large++;
    const filled = (ink.area[index] as number) >= HUGE_FILL * width * height;
    if (filled && Math.min(width, height) >= HUGE * dpi) return true;
    const place = Math.floor(y0 / (SQUARE * dpi)) * 4_096 + Math.floor(x0 / (SQUARE * dpi));
    const crowd = (crowds.get(place) ?? 0) + 1;
    crowds.set(place, crowd);
    if (crowd === CROWD) crowded++;
  }
  const squares = (width * height) / (SQUARE * dpi) ** 2;
  if (crowded > MOST_CROWDED * squares) return false;
  return large >= MANY_LARGE || crowded >= MANY_CROWDED;
}

interface InkCounts {
  /** Pixels of a tile's side; tiles that do not fit are left out. */
  size: number;
  columns: number;
  rows: number;
  /** Dark pixels of each row of pixels within a column of tiles, and the other way round. */
  byRow: Uint16Array[];
  byColumn: Uint16Array[];
}

function countInk({ data, width, height }: GrayRaster, threshold: number, size: number): InkCounts {
  const [columns, rows] = [Math.floor(width / size), Math.floor(height / size)];
  const byRow = Array.from({ length: columns }, () => new Uint16Array(height));
  const byColumn = Array.from({ length: rows }, () => new Uint16Array(width));
  for (let y = 0; y < rows * size; y++) {
    const down = byColumn[Math.floor(y / size)] as Uint16Array;
    for (let column = 0; column < columns; column++) {
      let dark = 0;
      for (let x = column * size, at = y * width + x; x < (column + 1) * size; x++, at++) {
        if ((data[at] as number) >= threshold) continue;
        dark++;
        (down[x] as number)++;
      }
      (byRow[column] as Uint16Array)[y] = dark;
    }
  }
  return { size, columns, rows, byRow, byColumn };
}

/** 1 for the tiles of squares of four that hold no gap either way. */
function withoutGaps(counts: InkCounts): Uint8Array {
  const { columns, rows, byRow, byColumn } = counts;
  const tiles = new Uint8Array(columns * rows);
  for (let row = 0; row < rows - 1; row++) {
    for (let column = 0; column < columns - 1; column++) {
      const across = [byRow[column], byRow[column + 1]] as [Uint16Array, Uint16Array];
      const down = [byColumn[row], byColumn[row + 1]] as [Uint16Array, Uint16Array];
      if (!isFull(across, row, counts.size) || !isFull(down, column, counts.size)) continue;
      const tile = row * columns + column;
      for (const each of [tile, tile + 1, tile + columns, tile + columns + 1]) tiles[each] = 1;
    }
  }
  return tiles;
}

/** Whether hardly one of the lines of pixels of two tiles in a row, from the `first` on, is a gap. */
function isFull([one, other]: [Uint16Array, Uint16Array], first: number, size: number): boolean {
  let gaps = 0;
  for (let at = first * size; at < (first + 2) * size; at++) {
    if ((one[at] as number) + (other[at] as number) < LEAST_INK * 2 * size) gaps++;
  }
  return gaps <= MOST_GAPS * 2 * size;
}

/** Tiles over which a picture may be so light that it has gaps. */
const MOST_OPEN = 5;

/** With the tiles that others are near of on all four sides. */
function closed(tiles: Uint8Array, { columns, rows }: InkCounts): Uint8Array {
  const at = (column: number, row: number) =>
    column >= 0 && column < columns && row >= 0 && row < rows && tiles[row * columns + column];
  const isBetween = (column: number, row: number, dx: number, dy: number) => {
    const distance = (step: number) => {
      for (let tile = 1; tile <= MOST_OPEN; tile++) {
        if (at(column + tile * step * dx, row + tile * step * dy)) return tile;
      }
      return Number.POSITIVE_INFINITY;
    };
    return distance(1) + distance(-1) <= MOST_OPEN + 1;
  };
  return tiles.map((tile, index) => {
    const [column, row] = [index % columns, Math.floor(index / columns)];
    return tile || (isBetween(column, row, 1, 0) && isBetween(column, row, 0, 1)) ? 1 : 0;
  });
}

/** Tiles that hang together. */
function groups(tiles: Uint8Array, { columns }: InkCounts): number[][] {
  const left = tiles.slice();
  const found: number[][] = [];
  for (let first = 0; first < left.length; first++) {
    if (!left[first]) continue;
    left[first] = 0;
    const group = [first];
    for (const tile of group) {
      const beside = [
        ...(tile % columns > 0 ? [tile - 1] : []),
        ...(tile % columns < columns - 1 ? [tile + 1] : []),
        tile - columns,
        tile + columns,
      ];
      for (const next of beside) {
        if (!left[next]) continue;
        left[next] = 0;
        group.push(next);
      }
    }
    found.push(group);
  }
  return found;
}

/** Share of the tiles of a group with lines of text from which it is none. */
const MOST_LINED = 0.2;
/** Share of the local paper (the upper fifth of the pixels) below which it is written on. */
const WRITTEN = 0.7;
/** Of a square with lines of text: the share that is written on, and that of rows which are not. */
const LEAST_WRITTEN = 0.04;
const MOST_WRITTEN = 0.4;
const LEAST_EMPTY = 0.15;

function holdsLines(group: number[], { size, columns }: InkCounts, raster: GrayRaster): boolean {
  const lined = group.filter((tile) => {
    const [left, top] = [(tile % columns) * size, Math.floor(tile / columns) * size];
    const [width, height] = [
      Math.min(2 * size, raster.width - left),
      Math.min(2 * size, raster.height - top),
    ];
    const rows = Array.from({ length: height }, (_, row) => {
      const from = (top + row) * raster.width + left;
      return raster.data.subarray(from, from + width);
    });
    return hasLines(rows);
  });
  return lined.length > MOST_LINED * group.length;
}

function hasLines(rows: Uint8Array[]): boolean {
  const sample = rows.flatMap((row) => [...row.filter((_, at) => at % 5 === 0)]);
  const paper = sample.sort((one, other) => one - other)[Math.floor(0.8 * sample.length)] ?? 0;
  const written = rows.map(
    (row) => row.filter((level) => level < WRITTEN * paper).length / row.length,
  );
  const share = written.reduce((sum, each) => sum + each, 0) / rows.length;
  const empty = written.filter((each) => each < LEAST_INK).length / rows.length;
  return share >= LEAST_WRITTEN && share <= MOST_WRITTEN && empty >= LEAST_EMPTY;
}

/** Share of its bounds that a picture fills; what fills less is a frame around something else. */
const LEAST_FILL = 0.5;

function boxesOf(group: number[], counts: InkCounts, raster: GrayRaster): Box[] {
  const { size } = counts;
  const bounds = boundsOf(group, counts);
  const [x0, y0, x1, y1] = bounds;
  const filled = (group.length * size ** 2) / ((x1 - x0) * (y1 - y0));
  if (filled >= LEAST_FILL) return [grow(bounds, counts, raster)];
  return group.map((tile) => boundsOf([tile], counts));
}

function boundsOf(group: number[], { columns, size }: InkCounts): Box {
  const xs = group.map((tile) => tile % columns);
  const ys = group.map((tile) => Math.floor(tile / columns));
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  return [left * size, top * size, (right + 1) * size, (bottom + 1) * size];
}

/** As far as there is ink in each further line of pixels. */
function grow([x0, y0, x1, y1]: Box, counts: InkCounts, { width, height }: GrayRaster): Box {
  const { size, byRow, byColumn } = counts;
  const reach = Math.round(REACH * size);
  const sum = (lists: Uint16Array[], from: number, to: number, at: number) =>
    lists.slice(from / size, to / size).reduce((total, list) => total + (list[at] as number), 0);
  const hasRow = (y: number) => sum(byRow, x0, x1, y) >= LEAST_INK * (x1 - x0);
  const hasColumn = (x: number) => sum(byColumn, y0, y1, x) >= LEAST_INK * (y1 - y0);
  const outwards = (from: number, step: number, end: number, has: (at: number) => boolean) => {
    let at = from;
    while (Math.abs(at - from) < reach && at !== end && has(at)) at += step;
    return at;
  };
  return [
    outwards(x0 - 1, -1, -1, hasColumn) + 1,
    outwards(y0 - 1, -1, -1, hasRow) + 1,
    outwards(x1, 1, width, hasColumn),
    outwards(y1, 1, height, hasRow),
  ];
}
