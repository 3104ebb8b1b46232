import { expect, test, vi } from 'vitest';
import { createRandom } from '#fixtures/accuracy/random.ts';
import { drawPage } from '#fixtures/images.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import { cleanRaster } from './clean.ts';

// Whole pages are drawn, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const DPI = 150;
const [LEFT, TOP, RIGHT, BOTTOM] = [300, 700, 900, 1_200] as const;

/** A page with text above, and what `paint` answers for the pixels of the box. */
function pageWith(paint: (x: number, y: number) => number | undefined): GrayRaster {
  const text = Array(12).fill('The lines of a text have gaps between them').join('\n');
  const { gray: data, width, height } = drawPage(text, { dpi: DPI });
  for (let y = TOP; y < BOTTOM; y++) {
    for (let x = LEFT; x < RIGHT; x++) {
      const at = y * width + x;
      data[at] = paint(x, y) ?? (data[at] as number);
    }
  }
  return { data, width, height, dpi: DPI };
}

const random = createRandom(3);
const patches = Array.from({ length: 5_000 }, () => random.next());
const patch = (x: number, y: number, size: number) =>
  patches[(Math.floor(x / size) * 71 + Math.floor(y / size) * 37) % patches.length] as number;

test.each([
  ['a photograph', (x: number, y: number) => Math.round(230 * patch(x, y, 9))],
  ['hatching', (x: number, y: number) => ((x + y) % 9 < 2 || (x - y) % 60 === 0 ? 0 : 255)],
])('takes %s out, and nothing of the text', (_, paint) => {
  const page = pageWith(paint);
  const { raster, pictures } = cleanRaster(page);
  expect(pictures.length).toBeGreaterThan(0);
  const slack = DPI / 4;
  for (const [x0, y0, x1, y1] of pictures) {
    expect(Math.min(x0 - LEFT, y0 - TOP, RIGHT - x1, BOTTOM - y1)).toBeGreaterThan(-slack);
  }
  const inside = (x: number, y: number) =>
    pictures.some(([x0, y0, x1, y1]) => x >= x0 && x < x1 && y >= y0 && y < y1);
  let covered = 0;
  for (let y = TOP; y < BOTTOM; y += 10) {
    for (let x = LEFT; x < RIGHT; x += 10) if (inside(x, y)) covered++;
  }
  expect(covered).toBeGreaterThan(0.8 * ((RIGHT - LEFT) / 10) * ((BOTTOM - TOP) / 10));
  const above = page.width * 600;
  expect(Buffer.compare(raster.data.subarray(0, above), page.data.subarray(0, above))).toBe(0);
  expect(cleanRaster(page, true).pictures).toEqual([]);
});

test.each([
  [
    'a frame',
    (x: number, y: number) =>
      Math.min(x - LEFT, RIGHT - 1 - x, y - TOP, BOTTOM - 1 - y) < 20 ? 0 : 255,
  ],
  [
    'large letters',
    (x: number, y: number) =>
      y % 90 < 60 && x % 60 < 45 && (x % 60 < 12 || y % 90 < 12) ? 0 : 255,
  ],
  ['nothing', () => undefined],
])('does not take %s for a picture', (_, paint) => {
  expect(cleanRaster(pageWith(paint)).pictures).toEqual([]);
});
