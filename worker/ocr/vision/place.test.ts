import { expect, test } from 'vitest';
import type { Block, Box, Line } from '#server/pages/layout.ts';
import { alignWords } from './align.ts';
import { placeText } from './place.ts';

const PAGE = { width: 1_000, height: 1_000 };
const HIGH = 20;

/** A line of words of ten pixels a letter, from `x`. */
function line(y: number, text: string, x = 100): Line {
  let at = x;
  const words = text.split(' ').map((word) => {
    const box: Box = [at, y, at + word.length * 10, y + HIGH];
    at = box[2] + 10;
    return { text: word, box, confidence: 90, provenance: 'ocr' as const };
  });
  return { box: [x, y, at - 10, y + HIGH], baseline: [x, y + 16, at - 10, y + 16], words };
}

const block = (...lines: Line[]): Block => ({ kind: 'text', box: [0, 0, 1_000, 1_000], lines });
const texts = (blocks: Block[]) =>
  blocks.map(({ lines }) => lines.map(({ words }) => words.map(({ text }) => text).join(' ')));
const words = (blocks: Block[]) => blocks.flatMap(({ lines }) => lines.flatMap((one) => one.words));

test('words that were misread get the text of the model and keep their boxes', () => {
  const found = [block(line(100, 'Tbe quick hrown fox'), line(130, 'jumps ovcr it'))];
  const placed = placeText('The quick brown fox\njumps over it', found, PAGE);
  expect(texts(placed)).toEqual([['The quick brown fox', 'jumps over it']]);
  expect(words(placed).map(({ box }) => box)).toEqual(words(found).map(({ box }) => box));
  expect(placed[0]?.lines[0]?.baseline).toEqual(found[0]?.lines[0]?.baseline);
  const [misread, agreed] = words(placed);
  expect(agreed?.confidence).toBe(90);
  expect(misread?.confidence).toBeLessThan(70);
});

test('a word that was not found stands between its neighbours on their line', () => {
  const found = [block({ ...line(100, 'one XXXXX three'), words: [] })];
  const [first, , third] = line(100, 'one XXXXX three').words;
  if (found[0]?.lines[0] && first && third) found[0].lines[0].words = [first, third];
  const [, second] = words(placeText('one seven three', found, PAGE));
  expect(second?.confidence).toBe(0);
  expect(second?.box[0]).toBeGreaterThanOrEqual(first?.box[2] ?? 0);
  expect(second?.box[2]).toBeLessThanOrEqual(third?.box[0] ?? 0);
  expect(second?.box.slice(1, 2)).toEqual([100]);
});

test('a line that was not found stands between the lines around it', () => {
  const found = [block(line(100, 'first line here'), line(200, 'third line there'))];
  const placed = placeText('first line here\nqqqq zzzz\nthird line there', found, PAGE);
  const [, lost] = placed[0]?.lines ?? [];
  expect(lost?.words.map(({ text }) => text)).toEqual(['qqqq', 'zzzz']);
  expect(lost?.box[1]).toBeGreaterThanOrEqual(120);
  expect(lost?.box[3]).toBeLessThanOrEqual(200);
});

test('lines that the model ran together are broken where the page breaks them', () => {
  const found = [block(line(100, 'alpha beta gamma'), line(130, 'delta epsilon'))];
  const placed = placeText('alpha beta gamma delta epsilon', found, PAGE);
  expect(texts(placed)).toEqual([['alpha beta gamma', 'delta epsilon']]);
});

test('columns that the model reads in another order find their words', () => {
  const left = [line(100, 'left column begins here'), line(130, 'and goes on below')];
  const right = [line(100, 'other side of page', 600), line(130, 'ends the whole thing', 600)];
  const found = [block(...right), block(...left)];
  const text =
    'left column begins here\nand goes on below\n\nother side of page\nends the whole thing';
  const placed = placeText(text, found, PAGE);
  expect(texts(placed)).toEqual([
    ['left column begins here', 'and goes on below'],
    ['other side of page', 'ends the whole thing'],
  ]);
  expect(words(placed).every(({ confidence }) => confidence === 90)).toBe(true);
});

test('text on a page where nothing was found lies within the page', () => {
  const placed = placeText('one two\nthree\n\nfour', [], PAGE);
  expect(texts(placed)).toEqual([['one two', 'three'], ['four']]);
  for (const { box } of words(placed)) {
    expect(box[0] >= 0 && box[1] >= 0 && box[2] <= 1_000 && box[3] <= 1_000).toBe(true);
    expect(box[0] < box[2] && box[1] < box[3]).toBe(true);
  }
});

test('an empty answer is an empty page, and a fence around the answer is no text', () => {
  expect(placeText('  \n', [block(line(1, 'ghost'))], PAGE)).toEqual([]);
  expect(texts(placeText('```text\nhello\n```', [], PAGE))).toEqual([['hello']]);
});

test('what is read twice is matched once', () => {
  const pairs = alignWords(['the', 'the'], ['the']);
  expect(pairs.filter(Boolean)).toHaveLength(1);
});
