import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawPage, encodeTiffPages } from '#fixtures/images.ts';
import { buildLayout } from '#fixtures/layouts.ts';
import { LIMITS } from '#fixtures/page-pool.ts';
import type { OutputPage } from '#worker/outputs/pages.ts';
import type { SourceFile } from '#worker/page/protocol.ts';
import { closeDocument, openDocument } from '#worker/pdf/document.ts';
import { pdfjsRenderer } from '#worker/pdf/pdfjs-renderer.ts';
import { graftText } from './index.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fanfold-images-'));
});
afterAll(async () => {
  await closeDocument();
  await rm(folder, { recursive: true, force: true });
});

async function toPdf(bytes: Uint8Array, type: SourceFile['type'], pages: OutputPage[]) {
  const path = join(folder, `source-${type.slice(6)}`);
  const output = join(folder, `${type.slice(6)}.pdf`);
  const list = join(folder, 'pages.ndjson');
  await writeFile(path, bytes);
  await writeFile(list, pages.map((page) => `${JSON.stringify(page)}\n`).join(''));
  await graftText({ kind: 'graft', source: { path, type }, limits: LIMITS, pages: list, output });
  const document = await openDocument({ path: output, type: 'application/pdf' }, LIMITS);
  return { document, bytes: await readFile(output) };
}

type Made = Awaited<ReturnType<typeof toPdf>>;

async function textOf({ document }: Made, number: number): Promise<string> {
  const { items } = await (await document.getPage(number)).getTextContent();
  return items.map((item) => ('str' in item ? item.str : '')).join('');
}

/** A picture whose corners tell how it lies: dark at the top left, paler clockwise. */
function corners(width: number, height: number): Buffer {
  const pixels = Buffer.alloc(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [right, low] = [x >= width / 2, y >= height / 2];
      pixels[y * width + x] = low ? (right ? 140 : 210) : right ? 70 : 0;
    }
  }
  return pixels;
}

const CORNERS = [0, 70, 140, 210];

async function shownCorners({ document }: Made): Promise<number[]> {
  const { gray } = await pdfjsRenderer(await document.getPage(1)).render(50);
  const at = (x: number, y: number) =>
    gray.data[Math.floor(y * gray.height) * gray.width + Math.floor(x * gray.width)] as number;
  return [at(0.25, 0.25), at(0.75, 0.25), at(0.75, 0.75), at(0.25, 0.75)];
}

function layoutOf(width: number, height: number, page = 1) {
  const lines = [
    {
      words: [
        ['two', [20, 20, 60, 40]],
        ['words', [66, 20, 120, 40]],
      ] as [string, [number, number, number, number]][],
    },
  ];
  return buildLayout({ page, width, height, dpi: 100, lines });
}

describe('a JPEG', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'is kept as it is and shown as its EXIF orientation %i says',
    async (orientation) => {
      const upright = sharp(corners(300, 200), { raw: { width: 300, height: 200, channels: 1 } });
      const undo: Record<number, (image: typeof upright) => typeof upright> = {
        1: (image) => image,
        2: (image) => image.flop(),
        3: (image) => image.rotate(180),
        4: (image) => image.flip(),
        5: (image) => image.rotate(270).flop(),
        6: (image) => image.rotate(270),
        7: (image) => image.rotate(270).flip(),
        8: (image) => image.rotate(90),
      };
      const stored = await sharp(
        await (undo[orientation] as (image: typeof upright) => typeof upright)(upright)
          .png()
          .toBuffer(),
      )
        .jpeg({ quality: 95 })
        .withMetadata({ orientation })
        .toBuffer();
      const made = await toPdf(stored, 'image/jpeg', [{ number: 1, layout: layoutOf(300, 200) }]);
      expect(made.bytes.includes(stored)).toBe(true);
      const shown = await shownCorners(made);
      for (const [index, value] of CORNERS.entries())
        expect(Math.abs((shown[index] as number) - value)).toBeLessThan(12);
      expect(await textOf(made, 1)).toBe('two words');
    },
  );

  test('of four inks shows its colours', async () => {
    const cmyk = await sharp({
      create: { width: 60, height: 60, channels: 3, background: '#c02020' },
    })
      .toColourspace('cmyk')
      .jpeg()
      .toBuffer();
    const made = await toPdf(cmyk, 'image/jpeg', [{ number: 1, layout: layoutOf(60, 60) }]);
    const { color } = await pdfjsRenderer(await made.document.getPage(1)).render(50);
    const [red = 0, green = 0] = color?.data.subarray(0, 2) ?? [];
    expect(red - green).toBeGreaterThan(60);
  });
});

describe.each([
  ['image/png', (image: Sharp) => image.png()],
  ['image/webp', (image: Sharp) => image.webp({ lossless: true })],
  ['image/gif', (image: Sharp) => image.gif()],
] as const)('%s', (type, encode) => {
  test('becomes a page of its size, without loss', async () => {
    const raw = { width: 300, height: 200, channels: 1 } as const;
    const bytes = await encode(sharp(corners(300, 200), { raw }).toColourspace('srgb')).toBuffer();
    const made = await toPdf(bytes, type, [{ number: 1, layout: layoutOf(300, 200) }]);
    const page = await made.document.getPage(1);
    expect(page.view).toEqual([0, 0, 216, 144]);
    expect(await shownCorners(made)).toEqual(CORNERS);
    expect(await textOf(made, 1)).toBe('two words');
  });
});

test('a TIFF of several pages becomes as many, and black and white stays one bit a pixel', async () => {
  const drawn = ['one', 'two', 'three'].map((text) => drawPage(text, { dpi: 50 }));
  const pages = drawn.map(({ width, height }, index) => ({
    number: index + 1,
    layout: layoutOf(width, height, index + 1),
  }));
  const gray = await toPdf(encodeTiffPages(drawn), 'image/tiff', pages);
  expect(gray.document.numPages).toBe(3);
  expect(await textOf(gray, 3)).toBe('two words');

  const { gray: data, width, height } = drawn[0] as (typeof drawn)[0];
  const bilevel = await sharp(data, { raw: { width, height, channels: 1 } })
    .threshold()
    .toColourspace('b-w')
    .tiff({ bitdepth: 1 })
    .toBuffer();
  const made = await toPdf(bilevel, 'image/tiff', pages.slice(0, 1));
  expect(made.bytes.toString('latin1')).toContain('/BitsPerComponent 1');
  expect(made.bytes.length).toBeLessThan(gray.bytes.length);
});

test('a page that was turned to be read is shown upright', async () => {
  const raw = { width: 300, height: 200, channels: 1 } as const;
  const bytes = await sharp(corners(300, 200), { raw }).png().toBuffer();
  const layout = { ...layoutOf(200, 300), rotation: 90 as const };
  const made = await toPdf(bytes, 'image/png', [{ number: 1, layout }]);
  const page = await made.document.getPage(1);
  expect(page.rotate).toBe(90);
  expect(await shownCorners(made)).toEqual([210, 0, 70, 140]);
  const { transform } = page.getViewport({ scale: 1 });
  const { items } = await page.getTextContent();
  const [, , , , x = 0, y = 0] = (items[0] as { transform: number[] }).transform;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = transform;
  expect(a * x + c * y + e).toBeCloseTo((20 * 72) / 100, 0);
  expect(b * x + d * y + f).toBeGreaterThan((20 * 72) / 100);
  expect(b * x + d * y + f).toBeLessThan((40 * 72) / 100);
});

test('a picture that does not open leaves a page that says so', async () => {
  const jpeg = drawPage('cut off').jpeg();
  const error = { code: 'CORRUPT_FILE', sentence: 'The file is damaged.' } as const;
  const made = await toPdf(jpeg.subarray(0, 200), 'image/jpeg', [{ number: 1, error }]);
  expect(made.document.numPages).toBe(1);
  expect(await textOf(made, 1)).toContain('(CORRUPT_FILE)');
});
