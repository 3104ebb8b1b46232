import type { Tiles } from './tiles.ts';

/** Light changes by no more than this from a tile to the next; at the edge of a box it does. */
const LEAST_STEP = 0.65;
/** Gray levels of a stroke. */
const WRITTEN = 24;

type Measured = Pick<Tiles, 'columns' | 'rows' | 'darker' | 'brighter'>;

/**
 * The level of the paper in each tile, and which tiles are boxes: regions that end abruptly and on
 * which nothing dark is written, as pictures, bars and borders. Under those it is as around them.
 */
export function estimatePaper(bright: Float32Array, measured: Measured) {
  const { columns, rows } = measured;
  const steady = overNeighbours(bright, columns, rows, median);
  const regions = findRegions(steady, measured);
  const largest = regions.reduce((most, region) => (region.length > most.length ? region : most));
  const boxes = new Uint8Array(bright.length);
  for (const region of regions) {
    if (region === largest || isWritten(region, measured)) continue;
    for (const tile of region) boxes[tile] = 1;
  }
  fillBoxes(steady, boxes, measured);
  return { paper: overNeighbours(steady, columns, rows, mean), boxes };
}

/** Tiles that hang together by steady light. */
function findRegions(levels: Float32Array, { columns, rows }: Measured): number[][] {
  const seen = new Uint8Array(levels.length);
  const regions: number[][] = [];
  for (let first = 0; first < levels.length; first++) {
    if (seen[first]) continue;
    seen[first] = 1;
    const region = [first];
    for (const tile of region) {
      for (const next of besides(tile, columns, rows)) {
        const [one, other] = [levels[tile] as number, levels[next] as number];
        if (seen[next] || Math.min(one, other) < LEAST_STEP * Math.max(one, other)) continue;
        seen[next] = 1;
        region.push(next);
      }
    }
    regions.push(region);
  }
  return regions;
}

function isWritten(region: number[], { darker, brighter }: Measured): boolean {
  let dark = 0;
  let bright = 0;
  for (const tile of region) {
    const [down, up] = [darker[tile] as number, brighter[tile] as number];
    if (down >= WRITTEN && down > up) dark++;
    else if (up >= WRITTEN) bright++;
  }
  return dark > Math.max(bright, region.length / 8);
}

/** From their edges inwards, the mean of what is known around. */
function fillBoxes(levels: Float32Array, boxes: Uint8Array, { columns, rows }: Measured): void {
  const unknown = boxes.slice();
  let left = Array.from(boxes.keys()).filter((tile) => boxes[tile]);
  while (left.length > 0) {
    const known = left.map((tile) =>
      besides(tile, columns, rows)
        .filter((next) => !unknown[next])
        .map((next) => levels[next] as number),
    );
    left.forEach((tile, index) => {
      const around = known[index] as number[];
      if (around.length === 0) return;
      levels[tile] = mean(around);
      unknown[tile] = 0;
    });
    left = left.filter((tile) => unknown[tile]);
  }
}

function besides(tile: number, columns: number, rows: number): number[] {
  const [column, row] = [tile % columns, Math.floor(tile / columns)];
  const near: number[] = [];
  if (column > 0) near.push(tile - 1);
  if (column < columns - 1) near.push(tile + 1);
  if (row > 0) near.push(tile - columns);
  if (row < rows - 1) near.push(tile + columns);
  return near;
}

/** Of 3 × 3 tiles. */
function overNeighbours(
  levels: Float32Array,
  columns: number,
  rows: number,
  combine: (levels: Float32Array) => number,
): Float32Array {
  const near = new Float32Array(9);
  return levels.map((_, tile) => {
    const [column, row] = [tile % columns, Math.floor(tile / columns)];
    let count = 0;
    for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
      for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) {
        near[count++] = levels[y * columns + x] as number;
      }
    }
    return combine(near.subarray(0, count));
  });
}

function median(levels: Float32Array): number {
  return levels.sort()[levels.length >> 1] as number;
}

function mean(levels: Float32Array | number[]): number {
  let sum = 0;
  for (const level of levels) sum += level;
  return sum / levels.length;
}
