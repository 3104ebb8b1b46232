import { expect, test } from 'vitest';
import { createRandom } from '#fixtures/accuracy/random.ts';
import { drawPage } from '#fixtures/images.ts';
import { hasFaintMarks } from './faint.ts';
import { isBlank } from './raster.ts';

const page = drawPage('Words that are hardly there\n\nand some more of them', { dpi: 150 });
const empty = drawPage('', { dpi: 150 });

/** The picture between these levels, on paper with this much noise and light that falls off by a twelfth. */
function faded(
  { gray, width, height, dpi }: typeof page,
  { black, white, noise = 0 }: { black: number; white: number; noise?: number },
) {
  const random = createRandom(7);
  const data = Uint8Array.from(gray, (level, at) => {
    const light = 1 - (at % width) / width / 12;
    const grain = (random.next() + random.next() + random.next() - 1.5) * 2 * noise;
    return Math.max(0, (black + ((white - black) * level) / 255 + grain) * (noise ? light : 1));
  });
  return { data, width, height, dpi };
}

test.each([
  ['dark letters on black', { black: 0, white: 15 }],
  ['light letters on white', { black: 235, white: 250 }],
  ['light letters on noisy paper', { black: 218, white: 235, noise: 2 }],
])('sees %s', (_, levels) => {
  const raster = faded(page, levels);
  expect(hasFaintMarks(raster)).toBe(true);
  expect(isBlank(raster)).toBe(true);
});

test.each([
  ['paper without noise', { black: 0, white: 250 }],
  ['noisy paper in uneven light', { black: 0, white: 240, noise: 6 }],
])('sees nothing on %s', (_, levels) => {
  expect(hasFaintMarks(faded(empty, levels))).toBe(false);
});

test('sees nothing where there is no room for a letter', () => {
  const data = new Uint8Array(30 * 30).fill(200).fill(230, 0, 300);
  expect(hasFaintMarks({ data, width: 30, height: 30, dpi: 150 })).toBe(false);
});
