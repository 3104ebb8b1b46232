import { expect, test, vi } from 'vitest';
import { drawPage } from '#fixtures/images.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import { mapBox } from './affine.ts';
import { prepareRaster } from './index.ts';
import { measurePage } from './measure.ts';
import { chooseScale, halve, scaleRaster } from './scale.ts';

// Whole pages are drawn and measured, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const LINES = Array(30).fill('small letters of one height are more than the tall ones').join('\n');

function pageAt(dpi: number, background = 'white'): GrayRaster {
  const { gray, width, height } = drawPage(LINES, { dpi, background });
  return { data: gray, width, height, dpi };
}

test.each([
  [12, 1],
  [9, 1],
  [14, 1],
  [24, 0.5],
  [8, 1.5],
  [4, 2],
  [120, 0.2],
])('reads letters of %i pixels at the scale of %f', (xHeight, scale) => {
  expect(chooseScale({ xHeight, dpi: 300 })).toBeCloseTo(scale);
});

test('goes by the resolution where there are no letters to measure', () => {
  expect(chooseScale({ xHeight: 0, dpi: 400 })).toBe(0.5);
  expect(chooseScale({ xHeight: 0, dpi: 100 })).toBe(1);
});

test('figures are as high as capitals, not as small letters', () => {
  const lines = Array(30).fill('1,204 57 883 19,660 42 305 8,118 77 906').join('\n');
  const { gray, width, height } = drawPage(lines, { dpi: 200 });
  const { xHeight } = measurePage({ data: gray, width, height, dpi: 200 });
  const letters = measurePage(pageAt(200)).xHeight;
  expect(Math.abs(xHeight - letters)).toBeLessThanOrEqual(2);
});

test.each([100, 150, 200, 300])('measures the height of letters at %i dpi', (dpi) => {
  // The x-height of the fixture's typeface is 0.53 of its 14 points.
  const xHeight = (0.53 * 14 * dpi) / 72;
  const measured = measurePage(pageAt(dpi)).xHeight;
  expect(Math.abs(measured - xHeight)).toBeLessThanOrEqual(Math.max(2, 0.1 * xHeight));
});

test('reads large letters smaller, and leads back to where they are', async () => {
  const page = pageAt(300);
  const { raster, toPage, steps } = await prepareRaster(page, {
    deskew: true,
    scale: true,
    wash: false,
  });
  expect(steps).toHaveLength(1);
  expect(steps[0]?.reason).toMatch(/^Its small letters are 3\d pixels high: read at 3\d % of its/);
  expect(raster.dpi / 300).toBeCloseTo(raster.width / page.width, 2);
  expect(mapBox(toPage, [0, 0, raster.width, raster.height])).toEqual([
    0,
    0,
    expect.closeTo(page.width, 5),
    expect.closeTo(page.height, 5),
  ]);
});

test('keeps the size where that is asked for', async () => {
  const page = pageAt(300);
  expect((await prepareRaster(page, { deskew: true, scale: false, wash: false })).raster).toBe(
    page,
  );
});

test('averages pixels when it shrinks', async () => {
  const data = Uint8Array.from({ length: 64 }, (_, at) => (at % 2 === 0 ? 0 : 255));
  const stripes = { data, width: 8, height: 8, dpi: 300 };
  expect(halve(stripes)).toMatchObject({ width: 4, height: 4, dpi: 150 });
  expect(new Set(halve(stripes).data)).toEqual(new Set([128]));
  const { data: shrunk } = await scaleRaster(stripes, 0.5);
  for (const value of shrunk.subarray(5, 7)) expect(Math.abs(value - 128)).toBeLessThan(48);
});

test('turns white letters on black round, and reads nothing else into the page', async () => {
  const page = pageAt(110);
  const inverted = { ...page, data: page.data.map((value) => 255 - value) };
  const prepared = await prepareRaster(inverted, { deskew: true, scale: true, wash: false });
  expect(prepared.steps.map(({ step }) => step)).toEqual(['invert']);
  expect(Buffer.compare(prepared.raster.data, page.data)).toBe(0);
});
