import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawPage, encodeTiffPages } from '#fixtures/images.ts';
import { createTestPool, LIMITS, PAGE_OPTIONS, type TestPool } from '#fixtures/page-pool.ts';
import { buildPdf, scannedPdf, textPdf } from '#fixtures/pdf.ts';
import type { PageOptions } from '#server/documents/schemas.ts';
import { layoutSchema, layoutText } from '#server/pages/layout.ts';
import type { Limits, Preview, RecognizeResult, SourceFile } from './protocol.ts';

let pages: TestPool;
const { signal } = new AbortController();

beforeAll(async () => {
  pages = await createTestPool();
});
afterAll(() => pages.close());

async function recognize(
  source: SourceFile,
  page = 1,
  limits: Limits = LIMITS,
  changes: Partial<PageOptions> = {},
): Promise<RecognizeResult> {
  const options = { ...PAGE_OPTIONS, ...changes };
  const task = { kind: 'recognize', source, limits, page, options } as const;
  const result = await pages.pool.run({ ...task, languages: ['eng'] }, { signal });
  layoutSchema.parse(result.layout);
  return result;
}

const inspect = (source: SourceFile, limits: Limits = LIMITS) =>
  pages.pool.run({ kind: 'inspect', source, limits }, { signal });

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
    expect((await inspect(source)).pageCount).toBe(2);
    for (const [index, text] of texts.entries()) {
      const { layout } = await recognize(source, index + 1);
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
    const { preview } = await pages.pool.run(
      {
        kind: 'recognize',
        source,
        limits: LIMITS,
        page: 1,
        languages: ['eng'],
        options: PAGE_OPTIONS,
      },
      { signal, onProgress: (percent) => seen.push(percent), onPreview: (sent) => seen.push(sent) },
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
  'takes the text of a born-digital page as it is, without drawing or reading it',
  async () => {
    const text = 'NATIVE words stay\nexactly as they are';
    const source = await pages.file(
      'text.pdf',
      await textPdf({ pages: [text] }),
      'application/pdf',
    );
    const { layout, preview, timings } = await recognize(source);
    expect(layoutText(layout)).toBe(text);
    expect(layout).toMatchObject({ source: 'native', engine: null, confidence: null });
    expect(preview).toBeNull();
    expect(timings).not.toHaveProperty('recognize');
    const words = layout.blocks.flatMap((block) => block.lines.flatMap((line) => line.words));
    expect(words.every((word) => word.provenance === 'native' && word.confidence === null)).toBe(
      true,
    );
    const [x0] = words[0]?.box ?? [0];
    expect(x0 / layout.dpi).toBeCloseTo(56 / 72, 2);
  },
  SLOW,
);

test(
  'draws a native page when only its picture is asked for',
  async () => {
    const source = await pages.file(
      'look.pdf',
      await textPdf({ pages: ['LOOK at me'] }),
      'application/pdf',
    );
    const preview = await pages.pool.run(
      { kind: 'preview', source, limits: LIMITS, page: 1 },
      { signal },
    );
    const { channels } = await sharp(preview.image.bytes).stats();
    expect(channels[0]?.min).toBeLessThan(64);
  },
  SLOW,
);

test(
  'reads a picture beside the text of its page and keeps the text as it is',
  async () => {
    const spec = {
      kind: 'text-and-picture',
      text: 'WRITTEN above',
      picture: 'PICTURED below',
    } as const;
    const source = await pages.file('both.pdf', await buildPdf([spec]), 'application/pdf');
    const { layout } = await recognize(source);
    expect(layout.source).toBe('mixed');
    expect(layoutText(layout).replace(/\s+/g, ' ')).toBe('WRITTEN above PICTURED below');
    const words = layout.blocks.flatMap((block) => block.lines.flatMap((line) => line.words));
    expect(words.map((word) => word.provenance)).toEqual(['native', 'native', 'ocr', 'ocr']);
  },
  SLOW,
);

test(
  'reads a scan again where an earlier OCR left hidden text',
  async () => {
    const spec = {
      kind: 'scan-with-hidden-text',
      text: 'RIGHT on paper',
      hidden: 'WRNG 0n p4per',
    } as const;
    const source = await pages.file('old.pdf', await buildPdf([spec]), 'application/pdf');
    const { layout } = await recognize(source);
    expect(layoutText(layout)).toBe('RIGHT on paper');
    expect(layout.source).toBe('ocr');
    expect(layout.reason).toContain('hidden');
  },
  SLOW,
);

test(
  'reads a born-digital page whole where that was asked for, and a scan not at all',
  async () => {
    const text = await textPdf({ pages: ['NATIVE words on paper'] });
    const forced = await recognize(
      await pages.file('forced.pdf', text, 'application/pdf'),
      1,
      LIMITS,
      { mode: 'force' },
    );
    expect(layoutText(forced.layout)).toBe('NATIVE words on paper');
    expect(forced.layout.source).toBe('ocr');
    const scan = await scannedPdf({ pages: ['A scan that nobody reads'] });
    const off = await recognize(await pages.file('off.pdf', scan, 'application/pdf'), 1, LIMITS, {
      mode: 'off',
    });
    expect(off.layout).toMatchObject({ source: 'native', blocks: [] });
    expect(off.layout.warnings).not.toEqual([]);
    const picture = drawPage('A picture that nobody reads').png();
    const image = await recognize(await pages.file('off.png', picture, 'image/png'), 1, LIMITS, {
      mode: 'off',
    });
    expect(image.layout).toMatchObject({ source: 'native', blocks: [] });
    expect(image.layout.warnings).not.toEqual([]);
  },
  SLOW,
);

test(
  'turns a page as it was told, and reads it at the resolution it was given',
  async () => {
    const bytes = drawPage('TURNED by hand', { turn: 90 }).png();
    const source = await pages.file('turned.png', bytes, 'image/png');
    const { layout } = await recognize(source, 1, LIMITS, { rotation: 270, dpi: 200 });
    expect(layoutText(layout)).toBe('TURNED by hand');
    expect(layout).toMatchObject({ rotation: 270, dpi: 200 });
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
    const { layout } = await recognize(source, 1, LIMITS, { segmentation: 'block' });
    expect(layoutText(layout)).toBe('ONE line of text');
  },
  SLOW,
);

test(
  'calls pages blank that show nothing, drawn or scanned',
  async () => {
    const bytes = await buildPdf([{ kind: 'blank' }, { kind: 'scan', text: '' }]);
    const source = await pages.file('blank.pdf', bytes, 'application/pdf');
    for (const page of [1, 2]) expect((await recognize(source, page)).layout.source).toBe('blank');
  },
  SLOW,
);

test(
  'reads bilevel scans at their own resolution',
  async () => {
    const bytes = await scannedPdf({ pages: ['BILEVEL letters'], bilevel: true, dpi: 300 });
    const { layout } = await recognize(await pages.file('bits.pdf', bytes, 'application/pdf'));
    expect(layoutText(layout)).toBe('BILEVEL letters');
    expect(layout.dpi).toBeCloseTo(300, 0);
  },
  SLOW,
);

test.each([90, 180, 270] as const)(
  'shows a page upright whose /Rotate is %i',
  async (rotate) => {
    const text = 'ROTATED by the file\nand shown upright';
    const bytes = await scannedPdf({ pages: [text], rotate });
    const { layout } = await recognize(
      await pages.file(`rotate-${rotate}.pdf`, bytes, 'application/pdf'),
    );
    expect(layoutText(layout)).toBe(text);
    expect(layout.rotation).toBe(0);
    expect(layout.height).toBeGreaterThan(layout.width);
  },
  SLOW,
);

test.each([90, 180, 270] as const)(
  'turns a page upright that was scanned turned by %i',
  async (turn) => {
    const line = 'These lines were scanned the wrong way round and are long enough to tell';
    const bytes = await scannedPdf({ pages: [Array(12).fill(line).join('\n')], turn });
    const { layout, preview } = await recognize(
      await pages.file(`turn-${turn}.pdf`, bytes, 'application/pdf'),
    );
    expect(layoutText(layout).split('\n')[0]).toBe(line);
    expect(layout.rotation).toBe(360 - turn);
    expect(layout.height).toBeGreaterThan(layout.width);
    expect(preview?.image.height).toBeGreaterThan(preview?.image.width ?? 0);
  },
  SLOW,
);

test(
  'asks for a password, refuses a wrong one and opens with the right one',
  async () => {
    const bytes = await textPdf({ pages: ['SECRET text'], password: 'right' });
    const open = async (password?: string) =>
      pages.file('locked.pdf', bytes, 'application/pdf', password);
    await expect(inspect(await open())).rejects.toMatchObject({ code: 'PASSWORD_REQUIRED' });
    await expect(inspect(await open('wrong'))).rejects.toMatchObject({ code: 'PASSWORD_WRONG' });
    expect(layoutText((await recognize(await open('right'))).layout)).toBe('SECRET text');
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
    expect(await inspect(source)).toEqual({ pageCount: 3, warnings: [] });
    for (const [index, text] of texts.entries()) {
      expect(layoutText((await recognize(source, index + 1)).layout)).toBe(text);
    }
  },
  SLOW,
);

test(
  'applies the orientation that a camera wrote and puts transparency on white',
  async () => {
    const turned = await sharp(drawPage('CAMERA held upright', { turn: 270 }).png())
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const photo = await pages.file('photo.jpg', turned, 'image/jpeg');
    expect((await recognize(photo)).layout).toMatchObject({ rotation: 0 });
    expect(layoutText((await recognize(photo)).layout)).toBe('CAMERA held upright');
    const clear = drawPage('CLEAR background', { background: 'rgba(0, 0, 0, 0)' }).png();
    expect(
      layoutText((await recognize(await pages.file('clear.png', clear, 'image/png'))).layout),
    ).toBe('CLEAR background');
  },
  SLOW,
);

test(
  'refuses what passes a limit before it is decoded',
  async () => {
    const image = await pages.file('big.png', drawPage('TOO big').png(), 'image/png');
    await expect(inspect(image, { ...LIMITS, maxPixels: 1_000_000 })).rejects.toMatchObject({
      code: 'IMAGE_TOO_LARGE',
    });
    const pdf = await pages.file(
      'many.pdf',
      await textPdf({ pages: ['one', 'two'] }),
      'application/pdf',
    );
    await expect(inspect(pdf, { ...LIMITS, maxPages: 1 })).rejects.toMatchObject({
      code: 'TOO_MANY_PAGES',
    });
    const scan = await pages.file(
      'pixels.pdf',
      await scannedPdf({ pages: ['TOO big'] }),
      'application/pdf',
    );
    await expect(recognize(scan, 1, { ...LIMITS, maxPixels: 1_000_000 })).rejects.toMatchObject({
      code: 'IMAGE_TOO_LARGE',
    });
    const { layout } = await recognize(pdf, 1, { ...LIMITS, maxTextLength: 2 });
    expect(layoutText(layout)).toBe('');
    expect(layout.warnings).toHaveLength(1);
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
    const task = {
      kind: 'recognize',
      source,
      limits: LIMITS,
      page: 1,
      options: PAGE_OPTIONS,
    } as const;
    await expect(pages.pool.run({ ...task, languages: ['xyz'] }, { signal })).rejects.toMatchObject(
      {
        code: 'LANGUAGE_MISSING',
      },
    );
    const { layout } = await pages.pool.run({ ...task, languages: ['spa', 'eng'] }, { signal });
    expect(layout.languages).toEqual(['spa', 'eng']);
  },
  SLOW,
);
