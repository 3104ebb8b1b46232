import { expect, it } from 'vitest';
import type { Cell } from '#server/pages/layout.ts';
import { toRows } from './table-rows.ts';

const cell = (row: number, column: number, span: Partial<Cell> = {}): Cell => ({
  ...{ row, column, rowSpan: 1, columnSpan: 1, box: [0, 0, 9, 9], lines: [row * 10 + column] },
  ...span,
});
const places = (rows: Cell[][]) =>
  rows.map((cells) => cells.map(({ column, lines }) => [column, ...lines]));

it('gives each row its cells in order, and empty ones where nothing was read', () => {
  const cells = [cell(0, 2), cell(0, 0), cell(1, 1)];
  expect(places(toRows({ rows: 2, columns: 3, cells }))).toEqual([
    [[0, 0], [1], [2, 2]],
    [[0], [1, 11], [2]],
  ]);
});

it('leaves out the places that other cells reach over', () => {
  const cells = [cell(0, 0, { columnSpan: 2 }), cell(0, 2, { rowSpan: 2 }), cell(1, 0)];
  expect(places(toRows({ rows: 2, columns: 3, cells }))).toEqual([
    [
      [0, 0],
      [2, 2],
    ],
    [[0, 10], [1]],
  ]);
});
