import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawPage, encodeTiffPages } from '#fixtures/images.ts';
import { createTestPool, type TestPool } from '#fixtures/page-pool.ts';
import { buildPdf, scannedPdf } from '#fixtures/pdf.ts';
import { layoutText } from '#server/pages/layout.ts';
import type { Preview } from './protocol.ts';

let pages: TestPool;
beforeAll(async () => {
  pages = await createTestPool();
});
afterAll(() => pages.close());

const SLOW = 60_000;

test(
  'reads the words of scanned pages, each on its own page, with boxes on the raster',
  async () => {
    const texts = ['TOKEN ALPHA on page one', 'TOKEN BRAVO on page two'];
    const source = await pages.file(
      'scan.pdf',
      await scannedPdf({ pages: texts }),
      'application/pdf',
    );
    expect((await pages.inspect(source)).pageCount).toBe(2);
    for (const [index, text] of texts.entries()) {
      const { layout } = await pages.recognize(source, { page: index + 1 });
      expect(layoutText(layout)).toBe(text);
      expect(layout).toMatchObject({
        page: index + 1,
        source: 'ocr',
        languages: ['eng'],
        rotation: 0,
      });
      expect(layout.confidence).toBeGreaterThan(80);
      const [x0, y0, x1, y1] = layout.blocks[0]?.lines[0]?.words[0]?.box ?? [0, 0, 0, 0];
      const inch = layout.dpi;
      expect(x0 / inch).toBeCloseTo(56 / 72, 1);
      expect(y1 / inch).toBeCloseTo(76 / 72, 1);
      expect(x1).toBeGreaterThan(x0);
      expect(y1).toBeGreaterThan(y0);
    }
  },
  SLOW,
);

test(
  'sends the preview before the text and progress that never goes back',
  async () => {
    const source = await pages.file(
      'one.pdf',
      await scannedPdf({ pages: ['PREVIEW comes first'] }),
      'application/pdf',
    );
    const seen: (number | Preview)[] = [];
    const { preview } = await pages.recognize(
      source,
      {},
      { onProgress: (percent) => seen.push(percent), onPreview: (sent) => seen.push(sent) },
    );
    const percents = seen.filter((entry) => typeof entry === 'number');
    expect(percents).toEqual([...new Set(percents)].sort((one, other) => one - other));
    expect(seen.some((entry) => typeof entry === 'object')).toBe(true);
    expect(preview?.image.type).toBe('image/jpeg');
    const { width, height } = await sharp(preview?.image.bytes).metadata();
    expect({ width, height }).toEqual({
      width: preview?.image.width,
      height: preview?.image.height,
    });
    expect(preview?.thumbnail.width).toBeLessThanOrEqual(240);
  },
  SLOW,
);

test(
  'calls pages blank that show nothing, drawn or scanned',
  async () => {
    const bytes = await buildPdf([{ kind: 'blank' }, { kind: 'scan', text: '' }]);
    const source = await pages.file('blank.pdf', bytes, 'application/pdf');
    for (const page of [1, 2])
      expect((await pages.recognize(source, { page })).layout.source).toBe('blank');
  },
  SLOW,
);

test(
  'reads one small, faint line in a corner of a page that is blank otherwise',
  async () => {
    const text = 'SEEN none the less';
    const { gray, width } = drawPage(text, { dpi: 150 });
    const line = { left: 100, top: 115, width: 400, height: 60 };
    const faint = await sharp(gray, { raw: { width, height: gray.length / width, channels: 1 } })
      .extract(line)
      // Black becomes 150, on paper of 240.
      .linear((240 - 150) / 255, 150)
      .png()
      .toBuffer();
    const paper = sharp({
      create: { width: 2480, height: 3508, channels: 3, background: '#f0f0f0' },
    });
    const bytes = await paper
      .composite([{ input: faint, left: 2480 - 500, top: 3508 - 160 }])
      .toColourspace('b-w')
      .jpeg()
      .toBuffer();
    const { layout } = await pages.recognize(await pages.file('faint.jpg', bytes, 'image/jpeg'));
    expect(layoutText(layout)).toBe(text);
  },
  SLOW,
);

test(
  'reads bilevel scans at their own resolution',
  async () => {
    const bytes = await scannedPdf({ pages: ['BILEVEL letters'], bilevel: true, dpi: 300 });
    const { layout } = await pages.recognize(
      await pages.file('bits.pdf', bytes, 'application/pdf'),
    );
    expect(layoutText(layout)).toBe('BILEVEL letters');
    expect(layout.dpi).toBeCloseTo(300, 0);
  },
  SLOW,
);

test(
  'reads a page as one block where it was told to',
  async () => {
    const source = await pages.file(
      'line.pdf',
      await scannedPdf({ pages: ['ONE line of text'] }),
      'application/pdf',
    );
    const { layout } = await pages.recognize(source, { options: { segmentation: 'block' } });
    expect(layoutText(layout)).toBe('ONE line of text');
  },
  SLOW,
);

test(
  'reads every page of a TIFF',
  async () => {
    const texts = ['FIRST leaf', 'SECOND leaf', 'THIRD leaf'];
    const source = await pages.file(
      'leaves.tif',
      encodeTiffPages(texts.map((text) => drawPage(text))),
      'image/tiff',
    );
    expect(await pages.inspect(source)).toEqual({ pageCount: 3, warnings: [] });
    for (const [index, text] of texts.entries()) {
      expect(layoutText((await pages.recognize(source, { page: index + 1 })).layout)).toBe(text);
    }
  },
  SLOW,
);

test(
  'says which language is missing',
  async () => {
    const source = await pages.file(
      'xyz.pdf',
      await scannedPdf({ pages: ['no language'] }),
      'application/pdf',
    );
    await expect(pages.recognize(source, { languages: ['xyz'] })).rejects.toMatchObject({
      code: 'LANGUAGE_MISSING',
    });
    const { layout } = await pages.recognize(source, { languages: ['spa', 'eng'] });
    expect(layout.languages).toEqual(['spa', 'eng']);
  },
  SLOW,
);
