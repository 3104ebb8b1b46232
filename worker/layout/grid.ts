import type { Box } from '#server/pages/layout.ts';

/** A straight stroke on the page. */
export interface RuleLine {
  box: Box;
  along: 'row' | 'column';
}

/** A grid of rules: where its rows and columns part, and its cells, which may span several. */
export interface RuledGrid {
  box: Box;
  rows: number;
  columns: number;
  cells: { row: number; column: number; rowSpan: number; columnSpan: number; box: Box }[];
}

/** Inches by which rules may miss each other, and below which two of them are one. */
const TOLERANCE = 0.06;
const LEAST_CELLS = 4;
/** Share of a side of a cell that a rule has to cover. */
const LEAST_SIDE = 0.6;

/** The tables that rules along rows and columns enclose. */
export function findGrids(rules: RuleLine[], dpi: number): RuledGrid[] {
  const near = TOLERANCE * dpi;
  return groupTouching(rules, near)
    .map((group) => toGrid(group, near))
    .filter((grid) => grid !== null);
}

function groupTouching(rules: RuleLine[], near: number): RuleLine[][] {
  const groups: RuleLine[][] = [];
  for (const rule of rules) {
    const touching = groups.filter((group) =>
      group.some((other) => touch(rule.box, other.box, near)),
    );
    const joined = [rule, ...touching.flat()];
    for (const group of touching) groups.splice(groups.indexOf(group), 1);
    groups.push(joined);
  }
  return groups;
}

function touch(one: Box, other: Box, near: number): boolean {
  return (
    one[0] - near <= other[2] &&
    other[0] - near <= one[2] &&
    one[1] - near <= other[3] &&
    other[1] - near <= one[3]
  );
}

function toGrid(rules: RuleLine[], near: number): RuledGrid | null {
  const across = rules.filter((rule) => rule.along === 'row');
  const down = rules.filter((rule) => rule.along === 'column');
  const ys = places(
    across.map(({ box }) => (box[1] + box[3]) / 2),
    near,
  );
  const xs = places(
    down.map(({ box }) => (box[0] + box[2]) / 2),
    near,
  );
  if (ys.length < 2 || xs.length < 2) return null;
  const size = { rows: ys.length - 1, columns: xs.length - 1 };
  const parted = {
    /** Whether a rule runs above this row in this column, or left of this column in this row. */
    above: (row: number, column: number) =>
      isCovered(across, 0, ys[row] as number, xs[column] as number, xs[column + 1] as number, near),
    before: (row: number, column: number) =>
      isCovered(down, 1, xs[column] as number, ys[row] as number, ys[row + 1] as number, near),
  };
  const cells = findCells(size, parted, xs, ys);
  if (cells.length < LEAST_CELLS) return null;
  const box: Box = [xs[0] as number, ys[0] as number, xs.at(-1) as number, ys.at(-1) as number];
  return { box, ...size, cells };
}

/** Places that lie near each other as one. */
function places(values: number[], near: number): number[] {
  const groups: number[][] = [];
  for (const value of values.sort((one, other) => one - other)) {
    const group = groups.at(-1);
    if (group && value - (group.at(-1) as number) <= near) group.push(value);
    else groups.push([value]);
  }
  return groups.map((group) => group.reduce((sum, value) => sum + value, 0) / group.length);
}

function isCovered(
  rules: RuleLine[],
  axis: 0 | 1,
  at: number,
  from: number,
  to: number,
  near: number,
): boolean {
  let covered = 0;
  for (const { box } of rules) {
    const across = axis === 0 ? (box[1] + box[3]) / 2 : (box[0] + box[2]) / 2;
    if (Math.abs(across - at) > near) continue;
    covered += Math.max(0, Math.min(to, box[axis + 2] as number) - Math.max(from, box[axis]));
  }
  return covered >= LEAST_SIDE * (to - from);
}

type Parted = Record<'above' | 'before', (row: number, column: number) => boolean>;

/** Fields of the grid that no rule parts are one cell, as far as they make a rectangle. */
function findCells(
  size: { rows: number; columns: number },
  parted: Parted,
  xs: number[],
  ys: number[],
) {
  const taken = new Set<number>();
  const cells: RuledGrid['cells'] = [];
  for (let row = 0; row < size.rows; row++) {
    for (let column = 0; column < size.columns; column++) {
      if (taken.has(row * size.columns + column)) continue;
      let columnSpan = 1;
      while (column + columnSpan < size.columns && !parted.before(row, column + columnSpan))
        columnSpan++;
      let rowSpan = 1;
      const columns = Array.from({ length: columnSpan }, (_, index) => column + index);
      while (
        row + rowSpan < size.rows &&
        columns.every((each) => !parted.above(row + rowSpan, each))
      )
        rowSpan++;
      for (let r = row; r < row + rowSpan; r++) {
        for (const each of columns) taken.add(r * size.columns + each);
      }
      const box = [xs[column], ys[row], xs[column + columnSpan], ys[row + rowSpan]] as Box;
      cells.push({ row, column, rowSpan, columnSpan, box });
    }
  }
  return cells;
}
