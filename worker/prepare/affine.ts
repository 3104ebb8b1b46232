import type { Block, Box, Line } from '#server/pages/layout.ts';
import type { Turn } from '#worker/page/preview.ts';

/** `[a, b, c, d, e, f]`: x' = a x + c y + e, y' = b x + d y + f, in pixels, y down. */
export type Affine = readonly [number, number, number, number, number, number];

export const IDENTITY: Affine = [1, 0, 0, 1, 0, 0];

export function moving(right: number, down: number): Affine {
  return [1, 0, 0, 1, right, down];
}

export function scaling(across: number, down: number): Affine {
  return [across, 0, 0, down, 0, 0];
}

/** From a raster to the same turned clockwise; the size is that before the turn. */
export function turning(turn: Turn, width: number, height: number): Affine {
  switch (turn) {
    case 0:
      return IDENTITY;
    case 90:
      return [0, 1, -1, 0, height, 0];
    case 180:
      return [-1, 0, 0, -1, width, height];
    case 270:
      return [0, -1, 1, 0, 0, width];
  }
}

/** First the one, then the other. */
export function compose(one: Affine, other: Affine): Affine {
  const [a, b, c, d, e, f] = one;
  const [ax, ay] = direction(other, a, b);
  const [cx, cy] = direction(other, c, d);
  const [ex, ey] = point(other, e, f);
  return [ax, ay, cx, cy, ex, ey];
}

export function inverse([a, b, c, d, e, f]: Affine): Affine {
  const determinant = a * d - b * c;
  const turned: Affine = [
    d / determinant,
    -b / determinant,
    -c / determinant,
    a / determinant,
    0,
    0,
  ];
  const [x, y] = point(turned, e, f);
  return [turned[0], turned[1], turned[2], turned[3], -x, -y];
}

/** Blocks in the pixels that the map leads to: each box the smallest around its corners, baselines exact. */
export function mapBlocks(blocks: Block[], map: Affine): Block[] {
  const mapLine = (line: Line): Line => ({
    ...line,
    box: mapBox(map, line.box),
    baseline: line.baseline && mapEnds(map, line.baseline),
    words: line.words.map((word) => ({ ...word, box: mapBox(map, word.box) })),
  });
  return blocks.map((block): Block => {
    const mapped = { ...block, box: mapBox(map, block.box), lines: block.lines.map(mapLine) };
    if (mapped.kind !== 'table') return mapped;
    const cells = mapped.table.cells.map((cell) => ({ ...cell, box: mapBox(map, cell.box) }));
    return { ...mapped, table: { ...mapped.table, cells } };
  });
}

export function mapBox(map: Affine, [x0, y0, x1, y1]: Box): Box {
  const corners = [point(map, x0, y0), point(map, x1, y0), point(map, x0, y1), point(map, x1, y1)];
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** From one end to the other, wherever they come to lie. */
export function mapEnds(map: Affine, [x0, y0, x1, y1]: Box): Box {
  return [...point(map, x0, y0), ...point(map, x1, y1)];
}

function point(map: Affine, x: number, y: number): [number, number] {
  const [dx, dy] = direction(map, x, y);
  return [dx + map[4], dy + map[5]];
}

function direction([a, b, c, d]: Affine, x: number, y: number): [number, number] {
  return [a * x + c * y, b * x + d * y];
}
