import type { Block, Box, Cell, Line } from '#server/pages/layout.ts';
import { union } from '#worker/page/boxes.ts';
import { type AlignedTable, columnOf } from './aligned.ts';
import type { RuledGrid } from './grid.ts';
import { type Segment, toLine, toRows } from './segments.ts';

/** The table of a grid of rules; null where too few of its cells hold text. */
export function ruledTable(grid: RuledGrid, segments: Segment[]): Block | null {
  const lines: Line[] = [];
  const cells = grid.cells.map((cell): Cell => {
    const own = toRows(segments.filter(({ box }) => contains(cell.box, box))).flat();
    const from = lines.length;
    lines.push(...own.map(toLine));
    return { ...cell, lines: own.map((_, index) => from + index) };
  });
  if (lines.length === 0) return null;
  return {
    kind: 'table',
    box: grid.box,
    lines,
    table: { rows: grid.rows, columns: grid.columns, cells },
  };
}

export function contains([x0, y0, x1, y1]: Box, inner: Box): boolean {
  const [x, y] = [(inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2];
  return x >= x0 && x < x1 && y >= y0 && y < y1;
}

export function alignedTable({ box, columns, rows }: AlignedTable): Block {
  const lines: Line[] = [];
  const cells: Cell[] = [];
  rows.forEach((segments, row) => {
    const byColumn = new Map<number, Segment[]>();
    for (const segment of segments) {
      const column = columnOf(segment.box, columns);
      byColumn.set(column, [...(byColumn.get(column) ?? []), segment]);
    }
    for (const [column, own] of [...byColumn].sort(([one], [other]) => one - other)) {
      const from = lines.length;
      lines.push(...own.map(toLine));
      cells.push({
        ...{ row, column, rowSpan: 1, columnSpan: 1 },
        box: own.map((segment) => segment.box).reduce(union),
        lines: own.map((_, index) => from + index),
      });
    }
  });
  return {
    kind: 'table',
    box,
    lines,
    table: { rows: rows.length, columns: columns.length, cells },
  };
}

/** Words of a line that is text, not the name of something. */
const TEXT_WORDS = 4;
/** Share of a column that are numbers where it is one of them; the others may be misread. */
const MOST_NUMBERS = 0.9;

/** Whether the rows are lines with a number of their own, as in transcripts, or that lead to a page. */
export function isTextBesideNumbers({ columns, rows }: AlignedTable): boolean {
  if (columns.length !== 2) return false;
  const [left, right] = [0, 1].map((column) =>
    rows.flatMap((row) => row.filter(({ box }) => columnOf(box, columns) === column)),
  ) as [Segment[], Segment[]];
  const areNumbers = (cells: Segment[]) =>
    cells.filter(
      ({ words }) => words.length === 1 && /^[\divxlc]{1,4}[.)]?$/.test(words[0]?.text ?? ''),
    ).length >=
    MOST_NUMBERS * cells.length;
  const isText = (cells: Segment[]) => {
    const counts = cells.map(({ words }) => words.length).sort((one, other) => one - other);
    return (counts[counts.length >> 1] ?? 0) >= TEXT_WORDS;
  };
  return (areNumbers(left) && isText(right)) || (areNumbers(right) && isText(left));
}

/** Each row as one line. */
export function alignedText({ box, rows }: AlignedTable): Block {
  const lines = rows.map((segments) => ({
    words: segments.flatMap(({ words }) => words),
    box: segments.map((segment) => segment.box).reduce(union),
    baseline: (segments[0] as Segment).baseline,
  }));
  return { kind: 'text', box, lines };
}
