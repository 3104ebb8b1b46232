import { expect, test, vi } from 'vitest';
import { addGradient } from '#fixtures/degrade.ts';
import { drawPage } from '#fixtures/images.ts';
import { turnRaster } from '#worker/ocr/turn.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import { inverse, mapBox } from './affine.ts';
import { deskew } from './deskew.ts';
import { prepareRaster } from './index.ts';

// Whole pages are drawn and measured, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const WORDS =
  'Now it came to pass in those days when the judges ruled that there was a famine in the land'.split(
    ' ',
  );
const LINES = Array.from({ length: 24 }, (_, line) =>
  WORDS.map((_, word) => WORDS[(word * (1 + (line % 5)) + line) % WORDS.length]).join(' '),
);
const picture = drawPage(LINES.join('\n'), { dpi: 150 });
const { width, height, dpi } = picture;
const page: GrayRaster = { data: picture.gray, width, height, dpi };
const ONLY_DESKEW = { deskew: true, scale: false, wash: false };

const tilted = (raster: GrayRaster, degrees: number) => deskew(raster, -degrees, 255);

const turns = [0, 90, 180, 270] as const;
const cases = turns.flatMap((turn) => [-10, -3.3, 0.8, 6, 10].map((skew) => [turn, skew] as const));

test.each(cases)('finds a page turned by %i and tilted by %f°', async (turn, skew) => {
  const { raster } = tilted(page, skew);
  const found = await prepareRaster(turnRaster(raster, turn), ONLY_DESKEW);
  expect(found.turn).toBe((360 - turn) % 360);
  expect(found.skew).toBeCloseTo(skew, 0);
  expect(Math.abs(found.skew - skew)).toBeLessThan(0.1);
});

test.each([0, 180] as const)(
  'knows how a page stands that is written on at one end only, turned by %i',
  async (turn) => {
    const short = drawPage(LINES.slice(0, 7).join('\n'), { dpi: 150, turn });
    const raster = { data: short.gray, width: short.width, height: short.height, dpi };
    expect((await prepareRaster(raster, ONLY_DESKEW)).turn).toBe(turn);
  },
);

test.each([-10, -4, 1.5, 10])(
  'leads back to the page tilted by %f° within 2 pixels',
  async (skew) => {
    const scene = tilted(page, skew);
    const prepared = await prepareRaster(scene.raster, ONLY_DESKEW);
    const onScene = inverse(scene.toSource);
    for (const [x, y] of [
      [100, 120],
      [1_100, 120],
      [100, 1_000],
      [1_100, 1_600],
    ] as const) {
      const [sceneX, sceneY] = mapBox(onScene, [x, y, x, y]);
      const [readX, readY] = mapBox(inverse(prepared.toPage), [sceneX, sceneY, sceneX, sceneY]);
      const [backX, backY] = mapBox(prepared.toPage, [readX, readY, readX, readY]);
      expect(Math.hypot(backX - sceneX, backY - sceneY)).toBeLessThan(0.01);
      const offset = [prepared.raster.width - width, prepared.raster.height - height];
      const [dx, dy] = [
        readX - x - (offset[0] as number) / 2,
        readY - y - (offset[1] as number) / 2,
      ];
      expect(Math.hypot(dx, dy)).toBeLessThan(2);
    }
  },
);

test('keeps what it has where lines are straight or straightening is not wanted', async () => {
  expect((await prepareRaster(page, ONLY_DESKEW)).raster === page).toBe(true);
  const { raster } = tilted(page, 5);
  const left = await prepareRaster(raster, { deskew: false, scale: false, wash: false });
  expect(left).toMatchObject({ skew: 0, steps: [] });
});

test('straightens unevenly lit pages too, and says why', async () => {
  const { raster } = tilted(page, 4);
  const { steps } = await prepareRaster(addGradient(raster, 0.3), ONLY_DESKEW);
  expect(steps.map(({ step }) => step)).toEqual(['background', 'deskew']);
  expect(steps[1]?.reason).toBe('Its lines slope by 4.0°.');
});

test.each([-4, 10])(
  'takes pieces of fine rules for neither letters nor noise, tilted by %f°',
  async (skew) => {
    const ruled = { ...page, data: page.data.slice() };
    for (let y = 90; y < height - 90; y += 20)
      ruled.data.fill(120, y * width + 80, (y + 1) * width - 80);
    const straight = await prepareRaster(ruled, ONLY_DESKEW);
    const made = await prepareRaster(tilted(ruled, skew).raster, ONLY_DESKEW);
    expect(made.steps.map(({ step }) => step)).toEqual(['deskew']);
    expect(Math.abs(made.xHeight - straight.xHeight)).toBeLessThanOrEqual(2);
    expect(Math.abs(made.skew - skew)).toBeLessThan(0.1);
  },
);
