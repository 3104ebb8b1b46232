import { expect, test } from 'vitest';
import { decide } from './decide.ts';
import type { PageContent } from './operators.ts';

const PAGE = [0, 0, 600, 800] as [number, number, number, number];
const scan = { matrix: [600, 0, 0, -800, 0, 800] as const, width: 1_650, height: 2_200, id: 'img' };
const logo = { ...scan, matrix: [100, 0, 0, -100, 0, 800] as const };
const letters = (text: string, visible = true, font = 'F1') =>
  [...text].map((character, index) => ({
    text: character,
    font,
    x: 10 * index,
    y: 100,
    height: 10,
    visible,
    under: null,
  }));
const SENTENCE = 'Whereofonecannotspeakthereofonemustbesilentandthatisthewholetruth';
/** As a font without a map gives it: the numbers of its glyphs. */
const SHIFTED = [...SENTENCE]
  .map((letter) => String.fromCharCode(letter.charCodeAt(0) - 29))
  .join('');

function page(changes: Partial<PageContent>): PageContent {
  return {
    images: [],
    glyphs: [],
    annotationGlyphs: 0,
    blanks: 0,
    pictureFonts: new Set(),
    paths: 0,
    shadings: 0,
    composited: false,
    ...changes,
  };
}

test.each([
  ['blank', 'nothing', page({})],
  ['native', 'text', page({ glyphs: letters('A letter of some length') })],
  [
    'native',
    'text with a logo',
    page({ glyphs: letters('A letter of some length'), images: [logo] }),
  ],
  ['ocr', 'a scan', page({ images: [scan] })],
  ['mixed', 'a scan with one stray letter', page({ images: [scan], glyphs: letters('x') })],
  ['mixed', 'text with filled form fields', page({ glyphs: letters('Name'), annotationGlyphs: 9 })],
  ['mixed', 'little text and letters as outlines', page({ glyphs: letters('p. 1'), paths: 900 })],
  ['ocr', 'letters as outlines only', page({ paths: 900 })],
  ['ocr', 'the numbers of glyphs in place of letters', page({ glyphs: letters(SHIFTED) })],
  [
    'native',
    'text with bullets of a font without a map',
    page({ glyphs: [...letters(SENTENCE), ...letters('\uf0b7\uf0b7', true, 'F2')] }),
  ],
  ['ocr', 'text without a meaning', page({ glyphs: letters('\ue001\ue002\ue003ab') })],
] as const)('takes a page as %s that shows %s', (source, _, content) => {
  expect(decide(content, PAGE, 'auto', [])).toMatchObject({ source });
});

const old = page({ images: [scan], glyphs: letters('hidden', false) });

test.each([
  ['auto', 'mixed', true, ['good', 'old', 'words,', '1987']],
  ['auto', 'ocr', false, ['g0od', '0ld', 'w()rds']],
  ['redo', 'ocr', false, ['good', 'old', 'words']],
  ['force', 'ocr', false, ['good', 'old', 'words']],
  ['off', 'native', true, ['g0od', '0ld', 'w()rds']],
] as const)('in mode %s takes a scan with hidden text as %s', (mode, source, oldOcr, words) => {
  expect(decide(old, PAGE, mode, [...words])).toMatchObject({ source, oldOcr });
});

test('reads the picture on a page of text, and the text without a meaning in its place', () => {
  const photo = { ...scan, matrix: [300, 0, 0, -200, 100, 600] as const };
  const beside = decide(page({ glyphs: letters(SENTENCE), images: [photo] }), PAGE, 'auto', []);
  expect(beside).toMatchObject({ source: 'mixed', regions: [[100, 400, 400, 600]] });
  const both = [...letters(SENTENCE), ...letters(SHIFTED, true, 'F2')];
  const decision = decide(page({ glyphs: both }), PAGE, 'auto', []);
  expect(decision.source).toBe('mixed');
  expect(decision.untrusted).toEqual(new Set(['F2']));
  expect(decision.regions).toHaveLength(SHIFTED.length);
});
