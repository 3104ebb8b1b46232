import { expect, test } from 'vitest';
import type { Block, Line } from '#server/pages/layout.ts';
import { filterWords } from './filter-words.ts';

const line = (...texts: string[]): Line => ({
  box: [0, 0, 1, 1],
  baseline: null,
  words: texts.map((text) => ({ text, box: [0, 0, 1, 1], confidence: 90, provenance: 'ocr' })),
});

test('leaves the cells of a table with the lines that are left', () => {
  const cell = (row: number, lines: number[]) => ({
    ...{ row, column: 0, rowSpan: 1, columnSpan: 1, lines },
    box: [0, 0, 1, 1] as [number, number, number, number],
  });
  const table: Block = {
    kind: 'table',
    box: [0, 0, 1, 1],
    lines: [line('no'), line('yes', 'no'), line('yes')],
    table: { rows: 2, columns: 1, cells: [cell(0, [0]), cell(1, [1, 2])] },
  };
  const [left] = filterWords([table], ({ text }) => text === 'yes');
  expect(left?.lines.map(({ words }) => words.length)).toEqual([1, 1]);
  expect(left?.kind === 'table' && left.table.cells.map(({ lines }) => lines)).toEqual([
    [],
    [0, 1],
  ]);
});

test('leaves out blocks without words', () => {
  const block: Block = { kind: 'text', box: [0, 0, 1, 1], lines: [line('no')] };
  expect(filterWords([block], () => false)).toEqual([]);
});
