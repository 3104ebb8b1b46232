import { expect, test } from 'vitest';
import { type Block, type Box, type Line, lineText } from '#server/pages/layout.ts';
import { arrangeBlocks } from './arrange.ts';
import type { RuleLine } from './grid.ts';

const HEIGHT = 20;

/** A line whose words are 10 pixels a letter, a space between them. */
function line(text: string, x: number, y: number): Line {
  let at = x;
  const words = text.split(' ').map((each) => {
    const box: Box = [at, y, at + each.length * 10, y + HEIGHT];
    at += each.length * 10 + 10;
    return { text: each, box, confidence: 95, provenance: 'ocr' as const };
  });
  return { box: [x, y, at - 10, y + HEIGHT], baseline: null, words };
}

function block(...lines: Line[]): Block {
  const box: Box = [
    Math.min(...lines.map((each) => each.box[0])),
    Math.min(...lines.map((each) => each.box[1])),
    Math.max(...lines.map((each) => each.box[2])),
    Math.max(...lines.map((each) => each.box[3])),
  ];
  return { kind: 'text', box, lines };
}

const textsOf = ({ lines }: Block) => lines.map(({ words }) => lineText(words));
const row = (y: number, x0 = 0, x1 = 600): RuleLine => ({ box: [x0, y, x1, y + 2], along: 'row' });
const column = (x: number, y0 = 0, y1 = 120): RuleLine => ({
  box: [x, y0, x + 2, y1],
  along: 'column',
});
const arrange = (blocks: Block[], rules: RuleLine[] = []) =>
  arrangeBlocks(blocks, { dpi: 200, rules });

test('makes the cells of a ruled table of what its rules part, with spans', () => {
  const read = [block(line('Both', 20, 10)), block(line('one', 20, 70), line('two', 320, 70))];
  const rules = [row(0), row(60), row(120), column(0), column(300, 60, 120), column(598)];
  const more = [row(180), column(0, 120, 180), column(300, 120, 180), column(598, 120, 180)];
  const [table] = arrange(read, [...rules, ...more]);
  if (table?.kind !== 'table') throw new Error('no table');
  expect(table.table).toMatchObject({ rows: 3, columns: 2 });
  expect(textsOf(table)).toEqual(['Both', 'one', 'two']);
  expect(
    table.table.cells.map(({ row, column, columnSpan, lines }) => [row, column, columnSpan, lines]),
  ).toEqual([
    [0, 0, 2, [0]],
    [1, 0, 1, [1]],
    [1, 1, 1, [2]],
    [2, 0, 1, []],
    [2, 1, 1, []],
  ]);
});

test('finds a table without rules by its gutters, in whatever order it was read', () => {
  const names = ['Revenue', 'Cost of sales', 'Taxes', 'Net income'].map((text, at) =>
    line(text, 0, at * 30),
  );
  const numbers = (x: number) => [0, 1, 2, 3].map((at) => line(`${at + 1},000`, x, at * 30));
  const [table] = arrange([block(...names), block(...numbers(400)), block(...numbers(600))]);
  if (table?.kind !== 'table') throw new Error('no table');
  expect(table.table).toMatchObject({ rows: 4, columns: 3 });
  expect(textsOf(table).slice(3, 6)).toEqual(['Cost of sales', '2,000', '2,000']);
});

test('reads columns of text one after the other, a title over both first', () => {
  const prose = (name: string, x: number) =>
    block(...[0, 1, 2, 3].map((at) => line(`${name} is line ${at} of some text`, x, 60 + at * 30)));
  const title = block(line('A title that reaches over both of the columns here', 100, 0));
  const blocks = arrange([prose('right', 400), title, prose('left', 0)]);
  expect(blocks.map(({ kind }) => kind)).toEqual(['text', 'text', 'text']);
  expect(blocks.map((each) => textsOf(each)[0]?.split(' ')[0])).toEqual(['A', 'left', 'right']);
});

test('takes columns of text for no table, though a justified line has wide gaps between its words', () => {
  const prose = (name: string, x: number) => [
    ...[0, 1, 2].map((at) => line(`${name} is line ${at} of some text`, x, at * 30)),
  ];
  const apart = ['here', 'are', 'words', 'with', 'gaps'].map((word, at) =>
    line(word, 400 + at * 70, 90),
  );
  const words = apart.flatMap((each) => each.words);
  const justified: Line = { box: [400, 90, 720, 110], baseline: null, words };
  const left = block(...prose('left', 0), line('left is line 3 of some text', 0, 90));
  const blocks = arrange([left, block(...prose('right', 400), justified)]);
  expect(blocks.map(({ kind }) => kind)).toEqual(['text', 'text']);
});

test('leaves the numbered lines of a transcript as lines', () => {
  const numbers = [1, 2, 3, 4].map((at) => line(String(at), 0, at * 40));
  const speech = [1, 2, 3, 4].map((at) => line(`Q. What did you do on day ${at}`, 100, at * 40));
  const blocks = arrange([block(...numbers), block(...speech)]);
  expect(blocks.map(({ kind }) => kind)).toEqual(['text']);
  expect(textsOf(blocks[0] as Block)[1]).toBe('2 Q. What did you do on day 2');
});
