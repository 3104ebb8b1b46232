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
