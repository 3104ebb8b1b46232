import { describe, expect, test } from 'vitest';
import type { Alphabet } from './alphabet.ts';
import { decodeLine } from './decode.ts';
import type { LineScores } from './recognizer.ts';

/** Classes: the letters of this text by place, the last one stands for nothing. */
const TEXT = ' acehlnort0158.';
const BLANK = TEXT.length;
const WORDS = new Set(['cat', 'hello', 'no', 'not', 'one', 'then', 'heal', 'a', '158']);

const alphabet: Alphabet = {
  blank: BLANK,
  charset: {
    space: 0,
    textOf: (code) => TEXT[code] ?? '',
    unicharOf: (code) => code,
    isDigit: (unichar) => /\d/.test(TEXT[unichar] ?? ''),
    isLetter: (unichar) => /\p{L}/u.test(TEXT[unichar] ?? ''),
  },
  lexicon: { knows: (unichars) => WORDS.has(unichars.map((code) => TEXT[code]).join('')) },
};

describe('decoding a line', () => {
  test('takes the likeliest letters, and doubled ones where nothing stands between', () => {
    expect(read('h', 'h', '_', 'e', 'l', '_', 'l', 'l', 'o')).toEqual(['hello']);
    expect(read('h', 'e', 'l', 'l', 'o', ' ', 'o', 'n', 'e')).toEqual(['helo', 'one']);
  });

  test('prefers a word of the language to likelier letters that make none', () => {
    expect(read('c', 'a', { l: 0.6, t: 0.4 })).toEqual(['cat']);
    expect(read('c', 'a', { l: 0.995, t: 0.005 })).toEqual(['cal']);
  });

  test('parts two words at a space that was hardly seen', () => {
    expect(read('n', 'o', 't', { _: 0.65, ' ': 0.35 }, 'o', 'n', 'e')).toEqual(['not', 'one']);
  });

  test('keeps the digits of a number that no list holds', () => {
    const digits = ['8', '_', '8', '0', '.', { '5': 0.9, _: 0.1 }] as const;
    expect(read(...digits)).toEqual(['880.5']);
    expect(read('1', { '5': 0.9, _: 0.1 }, '_', '5', '8')).toEqual(['1558']);
  });

  test('is less sure of a letter that might have been another, and of unknown words', () => {
    const certainty = (...steps: Step[]) => decode(steps).words[0]?.certainty ?? 0;
    const sure = certainty('c', 'a', 't');
    expect(sure).toBeCloseTo(-0.085, 2);
    expect(certainty('c', 'a', { t: 0.8, l: 0.2 })).toBeLessThan(sure);
    expect(certainty('c', 'c', 'a')).toBeLessThan(sure);
  });

  test('says how clear the letters are, 0 where nothing stands', () => {
    expect(decode(['_', '_', '_'])).toEqual({ words: [], score: expect.any(Number), clearness: 0 });
    expect(decode(['c', { a: 0.5, o: 0.4, _: 0.1 }, 't']).clearness).toBeCloseTo(2.5 / 3, 2);
  });

  test('tells at which steps each letter stands', () => {
    const { words } = decode(['_', 'c', 'c', '_', { a: 0.6, o: 0.4 }, 't', '_']);
    expect(words[0]?.glyphs.map(({ from, to }) => [from, to])).toEqual([
      [1, 3],
      [4, 5],
      [5, 6],
    ]);
  });
});

/** A letter that is all but certain, `_` for none, or several with their probabilities. */
type Step = string | Record<string, number>;

function read(...steps: Step[]): string[] {
  return decode(steps).words.map(({ glyphs }) => glyphs.map(({ code }) => TEXT[code]).join(''));
}

function decode(steps: readonly Step[]) {
  const classes = TEXT.length + 1;
  const probabilities = new Float32Array(steps.length * classes).fill(1e-6);
  steps.forEach((step, index) => {
    for (const [letter, share] of Object.entries(typeof step === 'string' ? { [step]: 1 } : step)) {
      probabilities[index * classes + (letter === '_' ? BLANK : TEXT.indexOf(letter))] = share;
    }
  });
  const scores: LineScores = { steps: steps.length, classes, stride: classes, probabilities };
  return decodeLine(scores, alphabet);
}
