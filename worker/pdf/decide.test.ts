import { expect, test } from 'vitest';
import { decide } from './decide.ts';
import type { PageContent } from './operators.ts';

const PAGE = [0, 0, 600, 800] as [number, number, number, number];
const scan = { matrix: [600, 0, 0, -800, 0, 800] as const, width: 1_650, height: 2_200, id: 'img' };
const logo = { ...scan, matrix: [100, 0, 0, -100, 0, 800] as const };
const letters = (text: string, visible = true) =>
  [...text].map((character) => ({ text: character, visible }));

function page(changes: Partial<PageContent>): PageContent {
  return {
    images: [],
    glyphs: [],
    annotationGlyphs: 0,
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
  ['ocr', 'a scan with hidden text', page({ images: [scan], glyphs: letters('hidden', false) })],
  ['mixed', 'a scan with one stray letter', page({ images: [scan], glyphs: letters('x') })],
  ['mixed', 'text with filled form fields', page({ glyphs: letters('Name'), annotationGlyphs: 9 })],
  ['mixed', 'little text and letters as outlines', page({ glyphs: letters('p. 1'), paths: 900 })],
  ['ocr', 'letters as outlines only', page({ paths: 900 })],
  ['ocr', 'text without a meaning', page({ glyphs: letters('\ue001\ue002\ue003ab') })],
] as const)('takes a page as %s that shows %s', (source, _, content) => {
  expect(decide(content, PAGE, 'auto')).toMatchObject({ source });
});
