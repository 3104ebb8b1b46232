import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { buildBlocks } from '#fixtures/layouts.ts';
import type { Layout } from '#server/pages/layout.ts';
import { PAGES, writeOutput } from './testing/write.ts';

/** A layout with one table of these cells. */
function tableOf(rows: string[][]): Layout {
  const columns = rows[0]?.length ?? 0;
  const lines = rows.flat();
  const box = [0, 0, 1, 1] as [number, number, number, number];
  const cells = lines.map((_, at) => ({
    row: Math.floor(at / columns),
    column: at % columns,
    rowSpan: 1,
    columnSpan: 1,
    box,
    lines: [at],
  }));
  return buildBlocks([
    { kind: 'text', lines: ['Before'] },
    { kind: 'table', table: { rows: rows.length, columns, cells }, lines },
  ]);
}

const ROWS = [
  ['Name', 'Sum', 'Note'],
  ['Smith, "J."', '=1+1', '-5'],
  ["'=x", '@SUM(A1)', '+49'],
];

/** What a reader does that is no spreadsheet. */
const restore = (cell: string) => (/^'+[=+\-@\t\r\n]/.test(cell) ? cell.slice(1) : cell);

describe.each([
  ['csv', ','],
  ['tables-tsv', '\t'],
] as const)('tables as %s', (format, delimiter) => {
  const read = async (pages: Parameters<typeof writeOutput>[1]) =>
    parse(await writeOutput(format, pages), { delimiter }) as string[][];

  test('come back cell by cell, with their page and number', async () => {
    const rows = await read({ pages: [{ number: 7, layout: tableOf(ROWS) }] });
    expect(rows[0]).toEqual(['page', 'table', 'column 1', 'column 2', 'column 3']);
    expect(rows.slice(1).map((row) => row.slice(0, 2))).toEqual(ROWS.map(() => ['7', '1']));
    expect(rows.slice(1).map((row) => row.slice(2).map(restore))).toEqual(ROWS);
  });

  test('hold no cell that a spreadsheet would run', async () => {
    const signs = ['=1', '+1', '-1', '@a', '＝1', '＋1', '－1', '＠a', "'=1"];
    const rows = await read({ pages: [{ number: 1, layout: tableOf([signs]) }] });
    for (const [at, sign] of signs.entries()) expect(rows[1]?.[at + 2]).toBe(`'${sign}`);
  });

  test('of different widths, and of pages that failed, have rows of one length', async () => {
    const pages = [
      { number: 4, layout: tableOf([['a', 'b', 'c', 'd']]) },
      { number: 5, layout: tableOf([['e']]) },
    ];
    const rows = await read({ pages: [...PAGES, ...pages] });
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([6]));
    expect(rows[1]?.[2]).toContain('PAGE_TIMEOUT');
    expect(rows.at(-1)).toEqual(['5', '1', 'e', '', '', '']);
  });
});

test('Markdown has a table where the page has one', async () => {
  const pages = [
    {
      number: 1,
      layout: tableOf([
        ['a|b', '*c*'],
        ['', '1'],
      ]),
    },
  ];
  expect(await writeOutput('md', { pages })).toBe(
    '<!-- page 1 -->\n\nBefore\n\n| a\\|b | \\*c\\* |\n| --- | --- |\n|  | 1 |\n',
  );
});

test('a cell that reaches over others stands in its first place, its lines together', async () => {
  const layout = tableOf([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  const [, block] = layout.blocks;
  if (block?.kind !== 'table') throw new Error('no table');
  block.table.cells = [
    { row: 0, column: 0, rowSpan: 1, columnSpan: 2, box: block.box, lines: [0, 1] },
    { row: 1, column: 1, rowSpan: 1, columnSpan: 1, box: block.box, lines: [2, 3] },
  ];
  const pages = [{ number: 1, layout }];
  expect(await writeOutput('txt', { pages })).toBe('Before\n\na b\n\tc d\n');
});
