import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawPage } from '#fixtures/images.ts';
import { LIMITS } from '#fixtures/page-pool.ts';
import type { SourceFile } from '#worker/page/protocol.ts';
import { isBlank } from '#worker/page/raster.ts';
import { decodeImagePage } from './page.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fanfold-deep-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const picture = drawPage('Words', { dpi: 150 });
const raw = { width: picture.width, height: picture.height, channels: 1 as const };

/** Black, white, and whether there is something to read. */
async function decode(bytes: Uint8Array, type: SourceFile['type']) {
  const path = join(folder, 'picture');
  await writeFile(path, bytes);
  const { gray } = await decodeImagePage({ path, type }, 1, LIMITS);
  const sorted = gray.data.toSorted();
  return { from: sorted.at(0), to: sorted.at(-1), blank: isBlank(gray) };
}

/** An uncompressed TIFF of 32-bit numbers. */
function floatTiff(samples: Float32Array): Buffer {
  const entries = [
    [256, raw.width],
    [257, raw.height],
    [258, 32],
    [259, 1],
    [262, 1],
    [273, 8 + 2 + 10 * 12 + 4],
    [277, 1],
    [278, raw.height],
    [279, samples.byteLength],
    [339, 3],
  ] as const;
  const head = Buffer.alloc(8 + 2 + entries.length * 12 + 4);
  head.write('II*\0');
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(entries.length, 8);
  entries.forEach(([tag, value], index) => {
    const at = 10 + index * 12;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(4, at + 2);
    head.writeUInt32LE(1, at + 4);
    head.writeUInt32LE(value, at + 8);
  });
  return Buffer.concat([head, Buffer.from(samples.buffer)]);
}

test.each([
  ['numbers from 0 to 1', (sample: number) => sample / 255],
  ['numbers from 0 to 255', (sample: number) => sample],
  ['numbers around zero', (sample: number) => sample - 128],
])('reads a TIFF of %s', async (_, scale) => {
  const tiff = floatTiff(Float32Array.from(picture.gray, scale));
  expect(await decode(tiff, 'image/tiff')).toEqual({ from: 0, to: 255, blank: false });
});

test('reads twelve bits in sixteen', async () => {
  const samples = Uint16Array.from(picture.gray, (sample) => sample * 16);
  const png = await sharp(samples, { raw }).toColourspace('grey16').png().toBuffer();
  expect(await decode(png, 'image/png')).toMatchObject({ from: 0, blank: false });
});

test('reads coloured pictures that use the lowest of their sixteen bits, whatever a dead pixel has', async () => {
  const samples = Uint16Array.from([...picture.gray].flatMap((sample) => [sample, sample, sample]));
  samples[100] = 65_535;
  const png = await sharp(samples, { raw: { ...raw, channels: 3 } })
    .toColourspace('rgb16')
    .png()
    .toBuffer();
  expect(await decode(png, 'image/png')).toEqual({ from: 0, to: 255, blank: false });
});

test('takes samples that are no numbers for damage, not for a blank page', async () => {
  const tiff = floatTiff(new Float32Array(picture.gray.length).fill(Number.NaN));
  await expect(decode(tiff, 'image/tiff')).rejects.toMatchObject({ code: 'CORRUPT_FILE' });
});

test.each([
  ['white on nothing', (ink: number) => [255, 255, 255, ink]],
  ['transparent as a whole', (ink: number) => [255 - ink, 255 - ink, 255 - ink, 0]],
])('sees a picture that is %s', async (_, pixel) => {
  const samples = Uint8Array.from([...picture.gray].flatMap((sample) => pixel(255 - sample)));
  const png = await sharp(samples, { raw: { ...raw, channels: 4 } })
    .png()
    .toBuffer();
  expect(await decode(png, 'image/png')).toMatchObject({ blank: false });
});

test('tells a way of storing that is not known from damage', async () => {
  const tiff = floatTiff(new Float32Array(picture.gray.length));
  // The entry that tells how many bits a sample has.
  tiff.writeUInt32LE(12, 10 + 2 * 12 + 8);
  await expect(decode(tiff, 'image/tiff')).rejects.toMatchObject({ code: 'UNSUPPORTED_TYPE' });
});
