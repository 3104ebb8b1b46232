import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LIMITS } from '#fixtures/page-pool.ts';
import { decodeImagePage } from './page.ts';

const MM_PER_INCH = 25.4;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fanfold-pixels-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Decodes a page of 4 × 2 inches at these pixels an inch, and measures it in inches. */
async function decoded(x: number, y: number, orientation = 1) {
  const path = join(folder, `${x}-${y}-${orientation}.tiff`);
  const raw = { width: 4 * x, height: 2 * y, channels: 1 as const };
  await sharp(Buffer.alloc(raw.width * raw.height, 255), { raw })
    .withMetadata({ orientation })
    .tiff({ compression: 'lzw', xres: x / MM_PER_INCH, yres: y / MM_PER_INCH })
    .toFile(path);
  const { gray } = await decodeImagePage({ path, type: 'image/tiff' }, 1, LIMITS);
  return [gray.width / gray.dpi, gray.height / gray.dpi].map((inches) => inches.toFixed(1));
}

test.each([
  ['as fine across as down', 200, 200],
  ['of a fax of usual fineness', 204, 98],
  ['finer down than across', 100, 200],
  ['hardly unequal, as of a fine fax', 204, 196],
])('a page %s has its size', async (_, x, y) => {
  expect(await decoded(x, y)).toEqual(['4.0', x === 204 && y === 196 ? '1.9' : '2.0']);
});

test('a fax that lies on its side is stretched along its lines', async () => {
  expect(await decoded(204, 98, 6)).toEqual(['2.0', '4.0']);
});

test('what cannot be the shape of a pixel is not believed', async () => {
  expect(await decoded(300, 60)).toEqual(['4.0', '0.4']);
});
