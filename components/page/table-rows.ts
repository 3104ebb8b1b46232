import type { Cell, Table } from '#server/pages/layout.ts';

/** The cells that begin in each row, from left to right, with empty ones where the table has none. */
export function toRows({ rows, columns, cells }: Table): Cell[][] {
  const taken = new Set<string>();
  for (const { row, column, rowSpan, columnSpan } of cells) {
    for (let y = row; y < row + rowSpan; y++) {
      for (let x = column; x < column + columnSpan; x++) taken.add(`${y}/${x}`);
    }
  }
  return Array.from({ length: rows }, (_, row) => {
    const empty = Array.from({ length: columns }, (_, column) => emptyCell(row, column));
    return [
      ...cells.filter((cell) => cell.row === row),
      ...empty.filter(({ column }) => !taken.has(`${row}/${column}`)),
    ].sort((one, other) => one.column - other.column);
  });
}

function emptyCell(row: number, column: number): Cell {
  return { row, column, rowSpan: 1, columnSpan: 1, box: [0, 0, 0, 0], lines: [] };
}
