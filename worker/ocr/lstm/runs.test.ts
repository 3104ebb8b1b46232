import { expect, test } from 'vitest';
import { type LayoutLine, runsOf } from './runs.ts';
import { wordsOf } from './words.ts';

const PAGE = { width: 2000, height: 500 };
const HEIGHT = 20;
const CHARSET = {
  space: 0,
  textOf: () => 'n',
  unicharOf: () => 3,
  isDigit: () => false,
  isLetter: () => true,
};

test('words of a line are read together up to a wide gap or another size', () => {
  const line = lineOf([100, 150], [160, 220], [300, 350], [360, 400, 3 * HEIGHT]);
  expect(runsOf(line, PAGE).map(({ box }) => [box.x0, box.x1])).toEqual([
    [96, 224],
    [296, 354],
    [356, 404],
  ]);
});

test('an image reaches from the highest ascender to the lowest descender, within the page', () => {
  const [run] = runsOf(lineOf([100, 150]), PAGE);
  expect([run?.box.y0, run?.box.y1]).toEqual([104 - 4, 132 + 4]);
  const [atEdge] = runsOf(lineOf([0, 150]), { width: 152, height: 125 });
  expect(atEdge?.box).toMatchObject({ x0: 0, x1: 152, y1: 125 });
});

test('a word has the box of the letters that stand where it was read', () => {
  const run = {
    box: { x0: 96, y0: 100, x1: 204, y1: 136 },
    symbols: [box(100, 110), box(112, 124), box(140, 150), box(152, 160), box(180, 190)],
  };
  // The single letter is seen too early, before the gap that it stands behind.
  const glyph = (from: number) => ({ code: 1, from, to: from + 1 });
  const decoded = {
    score: 0,
    clearness: 1,
    words: [
      { glyphs: [glyph(2), glyph(7)], certainty: -0.1 },
      { glyphs: [glyph(13), glyph(19)], certainty: -1 },
      { glyphs: [glyph(22)], certainty: -9 },
    ],
  };
  const words = wordsOf(run, decoded, 3, CHARSET);
  expect(words.map(({ bbox }) => [bbox.x0, bbox.x1])).toEqual([
    [100, 124],
    [140, 160],
    [180, 190],
  ]);
  expect(words.map(({ text, confidence }) => [text, confidence])).toEqual([
    ['nn', 97],
    ['nn', 65],
    ['n', 0],
  ]);
});

test('a doubted word is left out where there are no letters, and takes none from the next', () => {
  const run = {
    box: { x0: 96, y0: 100, x1: 204, y1: 136 },
    symbols: [box(100, 110), box(150, 160), box(161, 170)],
  };
  const word = (from: number, to: number, certainty: number) => ({
    glyphs: [from, to].map((step) => ({ code: 1, from: step, to: step + 1 })),
    certainty,
  });
  const [before, noise, after] = [word(2, 3, -0.1), word(8, 9, -2), word(19, 23, -2)];
  const decoded = { score: 0, clearness: 1, words: [before, noise, after] };
  const words = wordsOf(run, decoded, 3, CHARSET);
  expect(words.map(({ bbox }) => [bbox.x0, bbox.x1])).toEqual([
    [100, 110],
    [150, 170],
  ]);
});

function box(x0: number, x1: number, height = HEIGHT) {
  return { x0, y0: 128 - height, x1, y1: 128 };
}

/** Words from left to right on a baseline 128 pixels down, descenders 4 below it. */
function lineOf(...words: [number, number, number?][]): LayoutLine {
  const boxes = words.map(([x0, x1, height]) => box(x0, x1, height));
  const [left, right] = [words[0]?.[0] ?? 0, words.at(-1)?.[1] ?? 0];
  return {
    bbox: box(left, right),
    baseline: { x0: left, y0: 128, x1: right, y1: 128 },
    rowAttributes: { rowHeight: 28, descenders: 4, ascenders: 8 },
    words: boxes.map((bbox) => ({ bbox, symbols: [{ bbox }] })),
  };
}
