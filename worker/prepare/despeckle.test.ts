import { expect, test, vi } from 'vitest';
import { createRandom } from '#fixtures/accuracy/random.ts';
import { soilPage } from '#fixtures/accuracy/soil.ts';
import { addNoise, fade } from '#fixtures/degrade.ts';
import { drawPage } from '#fixtures/images.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import { prepareRaster } from './index.ts';

// Whole pages are drawn and measured, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const LINES = Array(30).fill('It is written in its small letters, i by i').join('\n');
const AS_IT_STANDS = { deskew: false, scale: false, wash: false };

function pageAt(dpi: number): GrayRaster {
  const { gray, width, height } = drawPage(LINES, { dpi });
  return { data: gray, width, height, dpi };
}

function differing(one: GrayRaster, other: GrayRaster): number {
  const isWrong = (value: number, at: number) => value > 128 !== (other.data[at] as number) > 128;
  return one.data.filter(isWrong).length;
}

test.each([150, 300])('takes specks off a page of %i dpi, and leaves its letters', async (dpi) => {
  const page = pageAt(dpi);
  const soiled = { ...page, data: page.data.slice(), channels: 1 };
  soilPage(soiled, { specks: 0.01 }, createRandom(1));
  const { raster, steps } = await prepareRaster(soiled, AS_IT_STANDS);
  expect(steps).toEqual([
    { step: 'despeckle', reason: expect.stringMatching(/^It has \d+\.\d specks for each of its/) },
  ]);
  expect(differing(raster, page)).toBeLessThan(differing(soiled, page) / 2);
});

test('smooths a page whose letters are hardly darker than its noise', async () => {
  const page = addNoise(fade(pageAt(150), 150, 210), 9, 1);
  const { steps } = await prepareRaster(page, AS_IT_STANDS);
  expect(steps).toEqual([
    { step: 'smooth', reason: expect.stringMatching(/^Its noise is 1\d % of the contrast/) },
  ]);
});
