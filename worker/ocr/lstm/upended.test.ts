import { expect, test } from 'vitest';
import { drawPage } from '#fixtures/images.ts';
import { findComponents } from '#worker/prepare/components.ts';
import type { RawBox } from '../tesseract-blocks.ts';
import { type LineModel, loadModel } from './model.ts';
import { readLines } from './read.ts';
import { type LayoutLine, unite } from './runs.ts';

const ENGLISH = new URL('../../../tessdata/fast/eng.traineddata', import.meta.url);
const model = (await loadModel(ENGLISH.pathname)) as LineModel;

/** A page with one line, and the layout of it as Tesseract has it, whichever way the line stands. */
function pageOf(text: string, turn: 0 | 90 | 270) {
  const { gray: data, width, height, dpi } = drawPage(text, { dpi: 200, turn });
  const raster = { data, width, height, dpi };
  const { count, x0, y0, x1, y1 } = findComponents(raster, 128);
  const symbols = Array.from({ length: count }, (_, at) => ({
    bbox: { x0: x0[at], y0: y0[at], x1: x1[at], y1: y1[at] } as RawBox,
  }));
  const bbox = symbols.map((symbol) => symbol.bbox).reduce(unite);
  const line: LayoutLine = {
    bbox,
    baseline: { ...bbox, y0: bbox.y1 },
    rowAttributes: { rowHeight: 40, descenders: 0, ascenders: 0 },
    words: [{ bbox, symbols }],
  };
  return { raster, line };
}

async function read(text: string, turn: 0 | 90 | 270) {
  const { raster, line } = pageOf(text, turn);
  const [block] = await readLines(
    raster,
    [{ blocktype: 1, paragraphs: [{ lines: [line] }] }],
    [model],
    {},
  );
  const [found] = block?.paragraphs[0]?.lines ?? [];
  if (!found) throw new Error('nothing was read');
  return { ...found, ink: line.bbox };
}

test.each([
  [270, 'upwards'],
  [90, 'downwards'],
] as const)('a line that was turned by %i is read %s, where it stands', async (turn, way) => {
  const { words, baseline, ink } = await read('Revenue in millions of dollars', turn);
  expect(words.map(({ text }) => text).join(' ')).toBe('Revenue in millions of dollars');
  expect(words.map(({ bbox }) => bbox).reduce(unite)).toEqual(ink);
  const places = words.map(({ bbox }) => (way === 'upwards' ? -bbox.y1 : bbox.y0));
  expect(places).toEqual(places.toSorted((one, other) => one - other));
  const [side, first, last] =
    way === 'upwards' ? [ink.x1, ink.y1, ink.y0] : [ink.x0, ink.y0, ink.y1];
  expect(baseline).toEqual({ x0: side, y0: first, x1: side, y1: last });
});

test('a tall letter by itself is read as it stands', async () => {
  const { words } = await read('I', 0);
  expect(words.map(({ text }) => text)).toEqual(['I']);
});

test('labels on their side that stand far from each other are read as if by themselves', async () => {
  const { words } = await read(`Network${' '.repeat(90)}Harbour orchard`, 270);
  expect(words.map(({ text }) => text)).toEqual(['Network', 'Harbour', 'orchard']);
});
