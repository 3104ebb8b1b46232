import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawPage, encodeTiffPages } from '#fixtures/images.ts';
import { LIMITS } from '#fixtures/page-pool.ts';
import type { SourceFile } from '#worker/page/protocol.ts';
import { imageDpi } from './dpi.ts';
import { ANIMATED, inspectImage } from './inspect.ts';
import { decodeImagePage } from './page.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fanfold-image-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(
  name: string,
  bytes: Uint8Array,
  type: SourceFile['type'],
): Promise<SourceFile> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return { path, type };
}

test('counts the pages of a TIFF without a warning where all of them open', async () => {
  const pages = ['one', 'two'].map((text) => drawPage(text, { dpi: 50 }));
  const whole = encodeTiffPages(pages);
  const source = await file('whole.tif', whole, 'image/tiff');
  expect(await inspectImage(source, LIMITS)).toEqual({ pageCount: 2, warnings: [] });
});

test('reads the first frame of an animation and says so', async () => {
  const frame = { create: { width: 40, height: 40, channels: 3, background: 'white' } } as const;
  const other = { create: { ...frame.create, background: 'black' } } as const;
  const frames = await Promise.all([frame, other].map((image) => sharp(image).png().toBuffer()));
  const gif = await sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer();
  const source = await file('moving.gif', gif, 'image/gif');
  expect(await inspectImage(source, LIMITS)).toEqual({ pageCount: 1, warnings: [ANIMATED] });
});

test('refuses a truncated picture and one without room for a letter', async () => {
  const jpeg = drawPage('cut off').jpeg();
  const cut = await file('cut.jpg', jpeg.subarray(0, jpeg.length >> 1), 'image/jpeg');
  await expect(decodeImagePage(cut, 1, LIMITS)).rejects.toMatchObject({ code: 'CORRUPT_FILE' });
  const dot = await sharp({ create: { width: 5, height: 5, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  await expect(inspectImage(await file('dot.png', dot, 'image/png'), LIMITS)).rejects.toMatchObject(
    {
      code: 'IMAGE_TOO_SMALL',
    },
  );
});

test('trusts a resolution that can be, and fits the others to a page', () => {
  const page = { width: 2_480, height: 3_508 };
  expect(imageDpi(300, page)).toBe(300);
  for (const density of [undefined, 72, 96, 1, 9_999])
    expect(imageDpi(density, page)).toBeCloseTo(300, 0);
});

test('reads the pages before the place where a TIFF breaks off, and tells of it', async () => {
  const page = drawPage('Words', { dpi: 100 });
  const whole = encodeTiffPages([page, page]);
  const source = await file('broken.tif', whole.subarray(0, whole.length / 2), 'image/tiff');
  const { pageCount, warnings } = await inspectImage(source, LIMITS);
  expect(pageCount).toBe(1);
  expect(warnings).toEqual([expect.stringContaining('may have had more than 1')]);
  const { gray } = await decodeImagePage(source, 1, LIMITS);
  expect(gray.data.some((sample) => sample < 100)).toBe(true);
});
