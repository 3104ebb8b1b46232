import { expect, test, vi } from 'vitest';
import { addGradient, addNoise, addShadow, addVignette } from '#fixtures/degrade.ts';
import { drawPage, type Picture } from '#fixtures/images.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import { prepareRaster } from './index.ts';
import { measureTiles } from './tiles.ts';

// Whole pages are drawn and measured, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const TEXT = Array(30)
  .fill('The paper is bright here and dark there, the ink is the same')
  .join('\n');

function rasterOf({ gray, width, height, dpi }: Picture): GrayRaster {
  return { data: gray, width, height, dpi };
}

const AS_IT_STANDS = { deskew: false, scale: false, wash: false };

const page = rasterOf(drawPage(TEXT, { dpi: 150 }));

test.each([
  ['white', page],
  ['evenly lit gray', rasterOf(drawPage(TEXT, { dpi: 150, background: '#a0a0a0' }))],
  ['slightly shaded', addGradient(page, 0.85)],
  ['faintly noisy', addNoise(page, 8, 1)],
])('leaves a %s page as it is', async (_, raster) => {
  const prepared = await prepareRaster(raster, { ...AS_IT_STANDS, deskew: true });
  expect(prepared.raster === raster).toBe(true);
  expect(prepared.steps).toEqual([]);
});

test.each([
  ['a gradient', addGradient(page, 0.35)],
  ['a vignette', addVignette(page, 0.3)],
  ['a shadow', addShadow(page, 0.45)],
  ['a gradient with noise', addNoise(addGradient(page, 0.4), 15, 2)],
])('makes the paper white under %s, and keeps the letters', async (_, raster) => {
  const { raster: flat, steps } = await prepareRaster(raster, AS_IT_STANDS);
  expect(steps.map(({ step }) => step)).toEqual(['background']);
  expect(steps[0]?.reason).toMatch(/^One threshold would take \d+ % of the paper for ink/);
  const wrong = page.data.filter((value, at) => value > 128 !== (flat.data[at] as number) > 128);
  expect(wrong.length / page.data.length).toBeLessThan(0.005);
});

test('does not take a dark box for a shadow', async () => {
  const boxed = { ...page, data: page.data.slice() };
  for (let y = 1_000; y < 1_100; y++)
    boxed.data.fill(40, y * page.width + 200, y * page.width + 900);
  const { paper, boxes, columns, size } = measureTiles(boxed);
  const tile = Math.floor(1_050 / size) * columns + Math.floor(500 / size);
  expect(boxes[tile]).toBe(1);
  expect(paper[tile]).toBeGreaterThan(200);
  expect((await prepareRaster(boxed, AS_IT_STANDS)).steps).toEqual([]);
});
