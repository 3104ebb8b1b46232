import { expect, test } from 'vitest';
import { buildLayout } from '#fixtures/layouts.ts';
import { type Block, LAYOUT_VERSION, layoutSchema, layoutText } from './layout.ts';

const layout = buildLayout({ lines: [{ words: [['one', [0, 0, 10, 10]]] }] });

test('reads a layout of version 1', () => {
  const { skew: _skew, preparation: _preparation, ...rest } = layout;
  const read = layoutSchema.parse({ ...rest, version: 1 });
  expect(read).toEqual({ ...layout, version: LAYOUT_VERSION });
});

test('writes a line for each row of a table, a tab between cells, also empty ones', () => {
  const line = layout.blocks[0]?.lines[0];
  if (!line) throw new Error('no line');
  const cell = { rowSpan: 1, columnSpan: 1, box: line.box };
  const table: Block = {
    kind: 'table',
    box: line.box,
    lines: [line, line, line],
    table: {
      rows: 2,
      columns: 3,
      cells: [
        { ...cell, row: 0, column: 0, lines: [0, 1] },
        { ...cell, row: 1, column: 1, lines: [2] },
      ],
    },
  };
  expect(layoutText({ ...layout, blocks: [table] })).toBe('one one\n\tone');
});
