import { deflateSync } from 'node:zlib';
import { PDFDocument, PDFName, type PDFRef } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawPage } from '#fixtures/images.ts';
import { createTestPool, LIMITS, type TestPool } from '#fixtures/page-pool.ts';
import { scannedPdf, textPdf } from '#fixtures/pdf.ts';
import { layoutText } from '#server/pages/layout.ts';

const SLOW = 120_000;

let pages: TestPool;

beforeAll(async () => {
  pages = await createTestPool();
});
afterAll(() => pages.close());

/** A page whose contents are a stream of these bytes, and that may draw `/Image`. */
async function pageOf(content: string | Buffer, makeImage?: (document: PDFDocument) => PDFRef) {
  const document = await PDFDocument.create();
  const page = document.addPage([595, 842]);
  const { context } = document;
  const stream = context.stream(deflateSync(content), { Filter: 'FlateDecode' });
  page.node.set(PDFName.of('Contents'), context.register(stream));
  if (makeImage) page.node.setXObject(PDFName.of('Image'), makeImage(document));
  return pages.file('page.pdf', await document.save(), 'application/pdf');
}

test(
  'ends a page that unpacks to more than 256 MB',
  async () => {
    const bomb = await pageOf(Buffer.alloc(300 * 1024 ** 2, ' '));
    await expect(pages.recognize(bomb)).rejects.toMatchObject({ code: 'DECOMPRESSION_LIMIT' });
  },
  SLOW,
);

test(
  'refuses a picture one of whose sides is longer than 32,767 pixels',
  async () => {
    const strip = { width: 32_768, height: 9, channels: 3 as const, background: 'white' };
    const png = await sharp({ create: strip }).png().toBuffer();
    const source = await pages.file('strip.png', png, 'image/png');
    await expect(pages.recognize(source)).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
  },
  SLOW,
);

test.each(['JPXDecode', 'DCTDecode', 'JBIG2Decode', 'CCITTFaxDecode'])(
  'does not pass over a picture in silence that cannot be decoded: %s',
  async (Filter) => {
    const damaged = (document: PDFDocument) =>
      document.context.register(
        document.context.stream(Buffer.from('this is no picture'), {
          ...{ Type: 'XObject', Subtype: 'Image', Width: 1_000, Height: 1_400 },
          ...{ ColorSpace: 'DeviceGray', BitsPerComponent: 1, Filter },
        }),
      );
    const source = await pageOf('q 595 0 0 842 0 0 cm /Image Do Q', damaged);
    const told = await pages.recognize(source).then(
      ({ layout }) => layout.warnings.join(' '),
      (error: { code: string }) => error.code,
    );
    expect(told).not.toBe('');
  },
  SLOW,
);

test(
  'refuses what passes a limit before it is decoded',
  async () => {
    const image = await pages.file('big.png', drawPage('TOO big').png(), 'image/png');
    await expect(pages.inspect(image, { ...LIMITS, maxPixels: 1_000_000 })).rejects.toMatchObject({
      code: 'IMAGE_TOO_LARGE',
    });
    const pdf = await pages.file(
      'many.pdf',
      await textPdf({ pages: ['one', 'two'] }),
      'application/pdf',
    );
    await expect(pages.inspect(pdf, { ...LIMITS, maxPages: 1 })).rejects.toMatchObject({
      code: 'TOO_MANY_PAGES',
    });
    const scan = await pages.file(
      'pixels.pdf',
      await scannedPdf({ pages: ['TOO big'] }),
      'application/pdf',
    );
    await expect(
      pages.recognize(scan, { limits: { ...LIMITS, maxPixels: 1_000_000 } }),
    ).rejects.toMatchObject({
      code: 'IMAGE_TOO_LARGE',
    });
    await expect(
      pages.recognize(pdf, { limits: { ...LIMITS, maxInflatedBytes: 10 } }),
    ).rejects.toMatchObject({ code: 'DECOMPRESSION_LIMIT' });
    const { layout } = await pages.recognize(pdf, { limits: { ...LIMITS, maxTextLength: 2 } });
    expect(layoutText(layout)).toBe('');
    expect(layout.warnings).toHaveLength(1);
  },
  SLOW,
);
