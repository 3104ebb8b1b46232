import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { type Charset, parseCharset } from './charset.ts';
import { type Lexicon, lexiconOf } from './lexicon.ts';
import { partsOf } from './traineddata.ts';

const english = partsOf(
  await readFile(new URL('../../../tessdata/fast/eng.traineddata', import.meta.url)),
);
const charset = parseCharset(
  english.get('unicharset') as Buffer,
  english.get('recoder') as Buffer,
) as Charset;
const codes = new Map(
  Array.from({ length: 200 }, (_, code) => [charset.textOf(code), charset.unicharOf(code)]),
);

test.each(['the', 'The', 'THE', '(the)', 'the,', '"the"', "don't", 'Mr.', 'U.S.', 'well-known'])(
  'knows the word %s with its marks',
  (word) => {
    expect(knows(lexiconOf(english, charset), word)).toBe(true);
  },
);

test.each(['12', '1,234.56', '$12.50', '45%', '12:30', '(5,488.70)'])(
  'knows numbers of the shape of %s',
  (number) => {
    expect(knows(lexiconOf(english, charset), number)).toBe(true);
  },
);

test.each(['xqzt', 'ofloss:', 'the,,x', 'Annualincome:'])('does not know %s', (word) => {
  expect(knows(lexiconOf(english, charset), word)).toBe(false);
});

test('a language without lists knows nothing', () => {
  expect(knows(lexiconOf(new Map(), charset), 'the')).toBe(false);
});

test('a charset whose characters take several codes, or run from the right, is left to Tesseract', () => {
  const unicharset = Buffer.from('2\nNULL 0\na 3\n');
  const recoder = (length: number) =>
    Buffer.from([2, 0, 0, 0, ...code([0]), ...code(Array.from({ length }, () => 1))]);
  expect(parseCharset(unicharset, recoder(1))?.space).toBe(0);
  expect(parseCharset(unicharset, recoder(2))).toBeUndefined();
  expect(parseCharset(Buffer.from('2\nNULL 0\nא 1\n'), recoder(1))).toBeUndefined();
});

/** A recoded character: a flag, a count, the codes. */
function code(values: number[]): number[] {
  return [1, values.length, 0, 0, 0, ...values.flatMap((value) => [value, 0, 0, 0])];
}

function knows(lexicon: Lexicon, word: string): boolean {
  return lexicon.knows([...word].map((character) => codes.get(character) as number));
}
