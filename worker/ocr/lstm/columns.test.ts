import { expect, test } from 'vitest';
import { divideColumns } from './columns.ts';
import type { LayoutBlock, LayoutLine } from './runs.ts';

const box = (x0: number, y0: number, x1: number, y1: number) => ({ x0, y0, x1, y1 });

function lineOf(...boxes: ReturnType<typeof box>[]): LayoutLine {
  const [first, last] = [boxes[0], boxes.at(-1)] as [(typeof boxes)[0], (typeof boxes)[0]];
  const bbox = box(first.x0, first.y0, last.x1, last.y1);
  return {
    bbox,
    baseline: { x0: bbox.x0, y0: bbox.y1, x1: bbox.x1, y1: bbox.y1 },
    rowAttributes: { rowHeight: 20, descenders: 4, ascenders: 4 },
    words: boxes.map((each) => ({ bbox: each, symbols: [{ bbox: each }] })),
  };
}

const blockOf = (...lines: LayoutLine[]): LayoutBlock => ({
  blocktype: 1,
  paragraphs: [{ lines }],
});
const wordsOf = (blocks: LayoutBlock[]) =>
  blocks
    .flatMap(({ paragraphs }) => paragraphs.flatMap(({ lines }) => lines))
    .map(({ words }) => words.map(({ bbox }) => bbox.x0));

const TOPS = [100, 140, 180, 220];
const prices = TOPS.map((y) => lineOf(box(300, y, 360, y + 16)));

test('signs below each other go to the lines that they stand beside, in their places', () => {
  const before = lineOf(...TOPS.map((y) => box(270, y + 1, 282, y + 16)));
  const behind = lineOf(...TOPS.map((y) => box(380, y + 1, 392, y + 16)));
  const divided = divideColumns([blockOf(...prices), blockOf(before), blockOf(behind)]);
  expect(wordsOf(divided)).toEqual(TOPS.map(() => [270, 300, 380]));
});

test('text on its side stays as it is', () => {
  const letters = Array.from({ length: 16 }, (_, at) => box(380, 100 + at * 9, 396, 107 + at * 9));
  const blocks = [blockOf(...prices), blockOf(lineOf(...letters))];
  expect(divideColumns(blocks)).toEqual(blocks);
});

test('a column of signs with nothing beside it stays as it is', () => {
  const far = lineOf(...TOPS.map((y) => box(900, y, 912, y + 16)));
  const blocks = [blockOf(...prices), blockOf(far)];
  expect(divideColumns(blocks)).toEqual(blocks);
});
