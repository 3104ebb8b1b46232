import type { Box } from '#server/pages/layout.ts';
import type { GrayRaster } from '#worker/page/raster.ts';

/** A straight stroke that is no part of a letter, along a row or a column of pixels. */
export interface Rule {
  box: Box;
  along: 'row' | 'column';
  /** First and last pixel of its thickness at each pixel of its length, the last one excluded. */
  from: Int32Array;
  to: Int32Array;
}

/** Inches: what runs so far straight along a row is no dash, and along a column no letter. */
const LEAST_ROW = 0.3;
const LEAST_COLUMN = 0.2;
const MOST_THICKNESS = 0.05;
/** The strokes of letters are thicker for their length. */
const LEAST_SLENDERNESS = 14;

interface Run {
  line: number;
  from: number;
  to: number;
  group: number;
}

/** Finds long dark runs along rows and columns and joins neighbours; `threshold` parts ink and paper. */
export function findRules(raster: GrayRaster, threshold: number): Rule[] {
  const most = Math.max(4, MOST_THICKNESS * raster.dpi);
  const { rows, columns } = findRuns(raster, threshold);
  const across = groupRuns(rows).map((runs) => toRule(runs, 'row'));
  const down = groupRuns(columns).map((runs) => toRule(runs, 'column'));
  const isSlender = (rule: Rule) => rule.from.length >= LEAST_SLENDERNESS * thickness(rule);
  return [...across, ...down].filter(
    (rule) => thickness(rule) <= most && isSlender(rule) && !isText(rule, raster, threshold),
  );
}

/** The long dark runs along rows and along columns, in one look at the pixels. */
function findRuns({ data, width, height, dpi }: GrayRaster, threshold: number) {
  const leastRow = Math.max(24, Math.round(LEAST_ROW * dpi));
  const leastColumn = Math.max(16, Math.round(LEAST_COLUMN * dpi));
  const rows: Run[] = [];
  const columns: Run[] = [];
  const since = new Int32Array(width);
  for (let y = 0, at = 0; y < height; y++) {
    let left = 0;
    for (let x = 0; x < width; x++, at++) {
      if ((data[at] as number) < threshold) continue;
      if (x - left >= leastRow) rows.push({ line: y, from: left, to: x, group: -1 });
      left = x + 1;
      if (y - (since[x] as number) >= leastColumn) {
        columns.push({ line: x, from: since[x] as number, to: y, group: -1 });
      }
      since[x] = y + 1;
    }
    if (width - left >= leastRow) rows.push({ line: y, from: left, to: width, group: -1 });
  }
  since.forEach((from, line) => {
    if (height - from >= leastColumn) columns.push({ line, from, to: height, group: -1 });
  });
  return { rows, columns: columns.sort((one, other) => one.line - other.line) };
}

/** Runs of neighbouring lines that touch belong together; `runs` are in the order of their lines. */
function groupRuns(runs: Run[]): Run[][] {
  const groups: Run[][] = [];
  let before: Run[] = [];
  for (let index = 0; index < runs.length; ) {
    const line = (runs[index] as Run).line;
    const same: Run[] = [];
    for (; runs[index]?.line === line; index++) same.push(runs[index] as Run);
    const near = before[0]?.line === line - 1 ? before : [];
    for (const run of same) {
      for (const other of near) {
        if (other.from < run.to && run.from < other.to) join(groups, other, run);
      }
      if (run.group < 0) run.group = groups.push([run]) - 1;
    }
    before = same;
  }
  return groups.filter((group) => group.length > 0);
}

function join(groups: Run[][], known: Run, run: Run): void {
  if (run.group === known.group) return;
  const target = groups[known.group] as Run[];
  if (run.group < 0) {
    target.push(run);
    run.group = known.group;
    return;
  }
  const source = groups[run.group] as Run[];
  groups[run.group] = [];
  for (const each of source) {
    each.group = known.group;
    target.push(each);
  }
}

function toRule(runs: Run[], along: Rule['along']): Rule {
  const start = Math.min(...runs.map((run) => run.from));
  const end = Math.max(...runs.map((run) => run.to));
  const from = new Int32Array(end - start).fill(2 ** 31 - 1);
  const to = new Int32Array(end - start);
  for (const run of runs) {
    for (let at = run.from - start; at < run.to - start; at++) {
      if (run.line < (from[at] as number)) from[at] = run.line;
      if (run.line + 1 > (to[at] as number)) to[at] = run.line + 1;
    }
  }
  const first = Math.min(...runs.map((run) => run.line));
  const last = Math.max(...runs.map((run) => run.line)) + 1;
  const box: Box = along === 'row' ? [start, first, end, last] : [first, start, last, end];
  return { box, along, from, to };
}

function thickness({ from, to }: Rule): number {
  return (
    from.reduce((sum, first, at) => sum + Math.max(0, (to[at] as number) - first), 0) / from.length
  );
}

/** Share of its length beside which there is ink: on serifs that touch each other letters stand. */
const MOST_TOUCHED = 0.35;

function isText({ along, box, from, to }: Rule, raster: GrayRaster, threshold: number): boolean {
  const { data, width, height } = raster;
  const start = along === 'row' ? box[0] : box[1];
  const isInk = (across: number, at: number) => {
    const [x, y] = along === 'row' ? [start + at, across] : [across, start + at];
    return (
      x >= 0 && y >= 0 && x < width && y < height && (data[y * width + x] as number) < threshold
    );
  };
  const touched = from.filter(
    (first, at) => isInk(first - 3, at) || isInk((to[at] as number) + 2, at),
  ).length;
  return touched > MOST_TOUCHED * from.length;
}
