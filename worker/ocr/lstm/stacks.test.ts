import { expect, test } from 'vitest';
import type { LayoutBlock, LayoutLine } from './runs.ts';
import { joinStacks } from './stacks.ts';

const box = (x0: number, y0: number, x1: number, y1: number) => ({ x0, y0, x1, y1 });
type Box = ReturnType<typeof box>;

function lineOf(bbox: Box, ...signs: Box[]): LayoutLine {
  const all = signs.length > 0 ? signs : [bbox];
  return {
    bbox,
    baseline: { ...bbox, y0: bbox.y1 },
    rowAttributes: { rowHeight: 20, descenders: 4, ascenders: 4 },
    words: all.map((sign) => ({ bbox: sign, symbols: [{ bbox: sign }] })),
  };
}

const blocksOf = (...lines: LayoutLine[]): LayoutBlock[] => [
  { blocktype: 1, paragraphs: [{ lines }] },
];
const linesOf = (blocks: LayoutBlock[]) =>
  blocks.flatMap(({ paragraphs }) => paragraphs.flatMap(({ lines }) => lines));

/** Letters of 14 pixels on their side, from the top of the page down. */
const letters = [0, 16, 32, 48, 80, 96, 112].map((y) => lineOf(box(70, 300 + y, 86, 314 + y)));

test('letters that stand closely below each other are one line', () => {
  const far = lineOf(box(200, 300, 600, 320));
  const [line, other, ...more] = linesOf(joinStacks(blocksOf(...letters, far)));
  expect(line?.bbox).toEqual(box(70, 300, 86, 426));
  expect(line?.words.flatMap(({ symbols }) => symbols)).toHaveLength(letters.length);
  expect(other).toBe(far);
  expect(more).toEqual([]);
});

test('a letter that was put into the line beside it is taken out of that', () => {
  const letter = box(70, 364, 86, 378);
  const number = box(120, 360, 150, 380);
  const mixed = lineOf(box(70, 360, 150, 380), letter, number);
  const [line, rest] = linesOf(joinStacks(blocksOf(...letters, mixed)));
  expect(line?.words.flatMap(({ symbols }) => symbols)).toHaveLength(letters.length + 1);
  expect(rest?.bbox).toEqual(number);
  expect(rest?.words).toHaveLength(1);
});

test('figures below each other, and letters beside text, stay as they are', () => {
  const figures = Array.from({ length: 8 }, (_, at) => lineOf(box(70, 30 * at, 82, 30 * at + 18)));
  const beside = letters.map(({ bbox }) => lineOf(box(90, bbox.y0, 700, bbox.y1)));
  for (const lines of [figures, [...letters, ...beside], letters.slice(0, 4)]) {
    const blocks = blocksOf(...lines);
    expect(joinStacks(blocks)).toBe(blocks);
  }
});
