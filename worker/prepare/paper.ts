/** A tile that is this much darker than what surrounds it is a box or a picture, not a shadow. */
const BOX_DARKNESS = 0.55;
/** What is darker than this share of the brightest paper is none. */
const LEAST_LIGHT = 0.25;
/** Tiles: a box less than twice this wide is told from a shadow. */
const BOX_RADIUS = 3;

/** The level of the paper in each tile, and which tiles are dark boxes: under those it is as around. */
export function estimatePaper(measured: Float32Array, columns: number, rows: number) {
  const steady = overNeighbours(measured, columns, rows, 1, median);
  const spread = overNeighbours(steady, columns, rows, BOX_RADIUS, (levels) => Math.max(...levels));
  const around = overNeighbours(spread, columns, rows, BOX_RADIUS, (levels) => Math.min(...levels));
  const bright = LEAST_LIGHT * steady.reduce((most, level) => Math.max(most, level));
  const lit = around.map((level) => (level < bright ? 255 : level));
  const boxes = Uint8Array.from(steady, (level, tile) =>
    level < BOX_DARKNESS * (lit[tile] as number) ? 1 : 0,
  );
  const filled = steady.map((level, tile) => (boxes[tile] ? (lit[tile] as number) : level));
  return { paper: overNeighbours(filled, columns, rows, 1, mean), boxes };
}

function overNeighbours(
  levels: Float32Array,
  columns: number,
  rows: number,
  radius: number,
  combine: (levels: number[]) => number,
): Float32Array {
  return levels.map((_, tile) => {
    const [column, row] = [tile % columns, Math.floor(tile / columns)];
    const near: number[] = [];
    for (let y = Math.max(0, row - radius); y <= Math.min(rows - 1, row + radius); y++) {
      for (let x = Math.max(0, column - radius); x <= Math.min(columns - 1, column + radius); x++) {
        near.push(levels[y * columns + x] as number);
      }
    }
    return combine(near);
  });
}

function median(levels: number[]): number {
  return levels.sort((one, other) => one - other)[levels.length >> 1] as number;
}

function mean(levels: number[]): number {
  return levels.reduce((sum, level) => sum + level, 0) / levels.length;
}
