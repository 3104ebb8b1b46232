import { expect, test } from 'vitest';
import { type Block, type Box, type Line, lineText } from '#server/pages/layout.ts';
import { nameBlocks } from './kinds.ts';

const SIZE = { width: 1700, height: 2200 };

/** A line of letters of this size, as high as its letters reach. */
function line(text: string, y: number, size = 30): Line {
  const box: Box = [200, y, 200 + text.length * size * 0.5, y + 0.93 * size];
  const words = text.split(' ').map((each) => {
    const [x0, , x1] = box;
    const above = /[A-Zbdfhijklt0-9]/.test(each) ? 0.72 : 0.5;
    const below = /[gjpqy,]/.test(each) ? 0.21 : 0;
    const top = y + (0.72 - above) * size;
    const own: Box = [x0, top, x1, y + (0.72 + below) * size];
    return { text: each, box: own, confidence: 95, provenance: 'ocr' as const };
  });
  return { box, baseline: null, words };
}

function block(...lines: Line[]): Block {
  const [first, last] = [lines[0] as Line, lines.at(-1) as Line];
  return { kind: 'text', box: [200, first.box[1], 1400, last.box[3]], lines };
}

const prose = (y: number) =>
  block(
    ...[0, 1, 2, 3].map((at) =>
      line('a line of the text that makes up most of this page', y + at * 40),
    ),
  );
const name = (...blocks: Block[]) => nameBlocks(blocks, SIZE);
const kinds = (blocks: Block[]) => blocks.map(({ kind }) => kind);

test('tells headings by the size of their letters, also within a block', () => {
  const large = line('Annual report', 300, 60);
  const middle = line('A name no line of text has', 400, 46);
  const blocks = name(block(large, middle, ...prose(500).lines), prose(800));
  expect(kinds(blocks)).toEqual(['heading', 'text', 'text']);
  const one = name(block(large), block(middle), prose(500), prose(800));
  expect(one.flatMap((each) => (each.kind === 'heading' ? each.level : []))).toEqual([1, 2]);
});

test('is not misled by lines without tall letters', () => {
  const low = line('no one saw us', 660);
  expect(kinds(name(block(...prose(500).lines, low), prose(800)))).toEqual(['text', 'text']);
});

test('does not take a label on its side for a heading because it is high', () => {
  const box: Box = [100, 500, 122, 900];
  const words = [{ text: 'Revenue', box, confidence: 95, provenance: 'ocr' as const }];
  const label: Line = { box, baseline: [122, 900, 122, 500], words };
  expect(kinds(name({ kind: 'text', box, lines: [label] }, prose(500), prose(800)))).toEqual([
    'text',
    'text',
    'text',
  ]);
});

test('marks running heads and page numbers at the edges only', () => {
  const head = block(line('Journal of Surveying', 80));
  const number = block(line('- 12 -', 2100));
  const year = block(line('1994', 700));
  const blocks = name(head, prose(300), year, prose(900), number);
  expect(kinds(blocks)).toEqual(['header', 'text', 'text', 'text', 'page-number']);
});

test('tells lists by their marks', () => {
  const bullets = block(line('• first thing', 500), line('• second thing', 540));
  const numbers = block(line('1. first thing', 700), line('2. second thing', 740));
  expect(kinds(name(prose(200), bullets, numbers, prose(900)))).toEqual([
    'text',
    'list',
    'list',
    'text',
  ]);
});

test('knows a word that is cut at the end of a line, also of a block', () => {
  const [cut, plain] = [line('this is a long sen-', 200), line('tence and 1990-', 240)];
  const blocks = name(block(cut), block(plain, line('1995 passed', 280)), prose(600));
  const hyphenated = blocks.flatMap(({ lines }) => lines).filter((each) => each.hyphenated);
  expect(hyphenated.map(({ words }) => lineText(words))).toEqual(['this is a long sen-']);
});
