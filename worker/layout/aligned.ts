import type { Box } from '#server/pages/layout.ts';
import { union } from '#worker/page/boxes.ts';
import { middle, type Segment, slopeOf, toRows } from './segments.ts';

/** Rows of segments whose columns stand one below the other. */
export interface AlignedTable {
  box: Box;
  /** From the left edge of the first column to the right edge of the last. */
  columns: [left: number, right: number][];
  rows: Segment[][];
}

/** Rows of several segments that make a table, and single ones between them that belong to it. */
const LEAST_ROWS = 3;
const MOST_SINGLE = 1;
/** From one row to the next: in heights of a line, and in what is usual among the rows above. */
const MOST_PITCH = 4.5;
const MOST_CHANGE = 1.7;
/** Share of the rows that may reach over a gutter, as headings do; its width in heights of a line. */
const MOST_CROSSING = 0.12;
const LEAST_GUTTER = 0.7;
/** Words of a cell; columns of longer ones are text. */
const FEW_WORDS = 2.5;

/** Finds tables without rules among segments, by the gutters that go through several rows. */
export function findAligned(segments: Segment[]): AlignedTable[] {
  const tables: AlignedTable[] = [];
  for (const run of findRuns(toRows(segments, slopeOf(segments)))) {
    const table = toTable(run);
    if (table) tables.push(table);
  }
  return tables;
}

function findRuns(rows: Segment[][]): Segment[][][] {
  const runs: Segment[][][] = [];
  let run: Segment[][] = [];
  let single = 0;
  const close = () => {
    while ((run.at(-1)?.length ?? 2) < 2) run.pop();
    if (run.filter((row) => row.length > 1).length >= LEAST_ROWS) runs.push(run);
    run = [];
    single = 0;
  };
  for (const row of rows) {
    const before = run.at(-1);
    if (before && pitch(before, row) > mostPitch(run)) close();
    single = row.length > 1 ? 0 : single + 1;
    if (single > MOST_SINGLE) close();
    else if (row.length > 1 || run.length > 0) run.push(row);
  }
  close();
  return runs;
}

function mostPitch(rows: Segment[][]): number {
  if (rows.length < LEAST_ROWS) return MOST_PITCH;
  const pitches = rows.slice(1).map((row, index) => pitch(rows[index] as Segment[], row));
  const usual = pitches.sort((one, other) => one - other)[pitches.length >> 1] as number;
  return Math.min(MOST_PITCH, MOST_CHANGE * usual);
}

function pitch(one: Segment[], other: Segment[]): number {
  const [above, below] = [one[0] as Segment, other[0] as Segment];
  return (
    (middle(below.box) - middle(above.box)) / Math.max(1, Math.min(above.height, below.height))
  );
}

function toTable(rows: Segment[][]): AlignedTable | null {
  const columns = findColumns(rows);
  if (columns.length < 2 || !columns.some((_, column) => isShort(rows, columns, column)))
    return null;
  const long = columns.filter((_, column) => !isShort(rows, columns, column)).length;
  if (long > Math.max(1, columns.length / 3)) return null;
  const box = rows
    .flat()
    .map((segment) => segment.box)
    .reduce(union);
  return { box, columns, rows };
}

function findColumns(rows: Segment[][]): [number, number][] {
  const parted = rows.filter((row) => row.length > 1);
  const segments = parted.flat();
  const left = Math.floor(Math.min(...segments.map(({ box }) => box[0])));
  const right = Math.ceil(Math.max(...segments.map(({ box }) => box[2])));
  const cover = new Uint16Array(right - left + 1);
  for (const { box } of segments) {
    for (let x = Math.floor(box[0]) - left; x < Math.ceil(box[2]) - left; x++)
      (cover[x] as number)++;
  }
  const heights = segments.map(({ height }) => height).sort((one, other) => one - other);
  const gutter = LEAST_GUTTER * (heights[heights.length >> 1] as number);
  const most = MOST_CROSSING * parted.length;
  const columns: [number, number][] = [];
  for (let x = 0; x < cover.length; x++) {
    if ((cover[x] as number) <= most) continue;
    const from = x;
    while (x < cover.length && (cover[x] as number) > most) x++;
    const last = columns.at(-1);
    if (last && from + left - last[1] < gutter) last[1] = x + left;
    else columns.push([from + left, x + left]);
  }
  return columns;
}

/** A justified line has gaps between its words, too: what one row has in a column is one cell. */
function isShort(rows: Segment[][], columns: [number, number][], column: number): boolean {
  const cells = rows
    .map((row) => row.filter(({ box }) => columnOf(box, columns) === column))
    .map((parts) => parts.flatMap(({ words }) => words))
    .filter((words) => words.length > 0);
  const counts = cells.map((words) => words.length).sort((one, other) => one - other);
  const numbers = cells.filter(([first]) => /\d/.test(first?.text ?? '')).length;
  return (counts[counts.length >> 1] ?? 0) < FEW_WORDS || numbers > 0.7 * cells.length;
}

/** The column that a box lies in most. */
export function columnOf(box: Box, columns: [number, number][]): number {
  const center = (box[0] + box[2]) / 2;
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  columns.forEach(([left, right], column) => {
    const shared = Math.min(box[2], right) - Math.max(box[0], left);
    const score = shared > 0 ? shared : -Math.abs(center - (left + right) / 2);
    if (score > most) [best, most] = [column, score];
  });
  return best;
}
