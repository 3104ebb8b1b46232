import type { Components } from './components.ts';

/** Pixels of an area that no letter and no dot has. */
const SPECK = 3;
/** Pixels within which a speck's nearest neighbour is looked for. */
const REACH = 32;
/** Specks that are looked at, spread over the page. */
const ENOUGH = 2_000;
/** Pixels by which neighbours in a row may stand higher or lower, and the share of them that noise has not. */
const ROW = 1;
const MOST_IN_ROWS = 0.6;

export function isSpeck({ area }: Components, index: number): boolean {
  return (area[index] as number) <= SPECK;
}

/**
 * Specks of a few pixels that are strewn over the page. None where most have their nearest neighbour
 * straight beside or below them: those are what fine rules fall apart into that slope, or a halftone.
 */
export function countSpecks(found: Components): number {
  const specks: number[] = [];
  for (let index = 0; index < found.count; index++) if (isSpeck(found, index)) specks.push(index);
  return standInRows(found, specks) ? 0 : specks.length;
}

function standInRows(found: Components, specks: number[]): boolean {
  const near = gridOf(found, specks);
  const step = Math.max(1, specks.length / ENOUGH);
  let [rows, looked] = [0, 0];
  for (let at = 0; at < specks.length; at += step, looked++) {
    const nearest = offsetOfNearest(found, specks[Math.floor(at)] as number, near);
    if (nearest && Math.min(...nearest) <= ROW) rows++;
  }
  return rows > MOST_IN_ROWS * looked;
}

/** Columns of squares of the grid, more than any page has. */
const COLUMNS = 1 << 16;

/** The specks in and around the square at x, y. */
type Near = (x: number, y: number) => number[];

function gridOf({ x0, y0 }: Components, specks: number[]): Near {
  const square = (x: number, y: number) => Math.floor(y / REACH) * COLUMNS + Math.floor(x / REACH);
  const squares = Map.groupBy(specks, (index) => square(x0[index] as number, y0[index] as number));
  const around = [-REACH, 0, REACH];
  return (x, y) =>
    around.flatMap((dy) => around.flatMap((dx) => squares.get(square(x + dx, y + dy)) ?? []));
}

/** Pixels across and down to the nearest other speck; undefined where there is none within reach. */
function offsetOfNearest(
  { x0, y0 }: Components,
  speck: number,
  near: Near,
): [number, number] | undefined {
  const [x, y] = [x0[speck] as number, y0[speck] as number];
  let offset: [number, number] | undefined;
  let least = REACH * REACH;
  for (const other of near(x, y)) {
    const [dx, dy] = [Math.abs((x0[other] as number) - x), Math.abs((y0[other] as number) - y)];
    if (other === speck || dx * dx + dy * dy >= least) continue;
    least = dx * dx + dy * dy;
    offset = [dx, dy];
  }
  return offset;
}
