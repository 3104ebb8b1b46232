import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawPage } from '#fixtures/images.ts';
import { LIMITS, PAGE_OPTIONS } from '#fixtures/page-pool.ts';
import type { SourceFile } from '#worker/page/protocol.ts';
import { inspectImage } from './inspect.ts';
import { MORE_PICTURES } from './more-pictures.ts';
import { prepareImagePage } from './page.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fanfold-damaged-picture-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const picture = drawPage('Words\n\nof the picture', { dpi: 100 });
const raw = { width: picture.width, height: picture.height, channels: 1 as const };

async function look(bytes: Uint8Array, type: SourceFile['type']) {
  const path = join(folder, 'picture');
  await writeFile(path, bytes);
  const source = { path, type };
  const { warnings } = await inspectImage(source, LIMITS);
  const page = await prepareImagePage({
    kind: 'recognize',
    source,
    limits: LIMITS,
    page: 1,
    languages: ['eng'],
    options: PAGE_OPTIONS,
  });
  return { file: warnings, page: page.warnings };
}

const DAMAGED = [expect.stringContaining('damaged in part')];

test('tells of a JPEG whose pixels are wrong in part', async () => {
  const jpeg = Buffer.from(picture.jpeg());
  expect(await look(jpeg, 'image/jpeg')).toEqual({ file: [], page: [] });
  const middle = jpeg.length >> 1;
  jpeg.fill(0x55, middle, middle + 400);
  expect(await look(jpeg, 'image/jpeg')).toEqual({ file: [], page: DAMAGED });
});

test('tells of a fax that ends before its last row', async () => {
  const image = sharp(picture.gray, { raw }).toColourspace('b-w');
  const fax = await image.tiff({ compression: 'ccittfax4', bitdepth: 1 }).toBuffer();
  expect(await look(fax, 'image/tiff')).toEqual({ file: [], page: [] });
  expect(await look(higher(fax), 'image/tiff')).toEqual({ file: [], page: DAMAGED });
});

/** The TIFF, said to have twice as many rows as its strips have. */
function higher(tiff: Buffer): Buffer {
  const directory = tiff.readUInt32LE(4);
  for (let at = directory + 2; at < directory + 2 + tiff.readUInt16LE(directory) * 12; at += 12) {
    const tag = tiff.readUInt16LE(at);
    if (tag === 257 || tag === 278) tiff.writeUInt32LE(2 * picture.height, at + 8);
    if (tag === 257 || tag === 278) tiff.writeUInt16LE(4, at + 2);
  }
  return tiff;
}

test('tells of pictures behind the first one, and of no thumbnail or map of brightness', async () => {
  const jpeg = Buffer.from(picture.jpeg());
  const png = Buffer.from(picture.png());
  expect((await look(Buffer.concat([jpeg, jpeg]), 'image/jpeg')).file).toEqual([MORE_PICTURES]);
  expect((await look(Buffer.concat([png, png]), 'image/png')).file).toEqual([MORE_PICTURES]);
  expect((await look(withSegment(jpeg, jpeg.subarray(0, 3_000)), 'image/jpeg')).file).toEqual([]);
  const photograph = Buffer.concat([withSegment(jpeg, Buffer.from('hdrgm:Version')), jpeg]);
  expect((await look(photograph, 'image/jpeg')).file).toEqual([]);
});

function withSegment(jpeg: Buffer, content: Buffer): Buffer {
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, content, jpeg.subarray(2)]);
}
