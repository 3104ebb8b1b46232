import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawPage } from '#fixtures/images.ts';
import { createTestPool, LIMITS, type TestPool } from '#fixtures/page-pool.ts';
import { buildPdf, scannedPdf, textPdf } from '#fixtures/pdf.ts';
import { layoutText } from '#server/pages/layout.ts';

let pages: TestPool;
beforeAll(async () => {
  pages = await createTestPool();
});
afterAll(() => pages.close());

const SLOW = 60_000;

test(
  'takes the text of a born-digital page as it is, without drawing or reading it',
  async () => {
    const text = 'NATIVE words stay\nexactly as they are';
    const source = await pages.file(
      'text.pdf',
      await textPdf({ pages: [text] }),
      'application/pdf',
    );
    const { layout, preview, timings } = await pages.recognize(source);
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
      { signal: new AbortController().signal },
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
    const { layout } = await pages.recognize(source);
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
    const { layout } = await pages.recognize(source);
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
    const forced = await pages.recognize(await pages.file('forced.pdf', text, 'application/pdf'), {
      options: { mode: 'force' },
    });
    expect(layoutText(forced.layout)).toBe('NATIVE words on paper');
    expect(forced.layout.source).toBe('ocr');
    const scan = await scannedPdf({ pages: ['A scan that nobody reads'] });
    const off = await pages.recognize(await pages.file('off.pdf', scan, 'application/pdf'), {
      options: {
        mode: 'off',
      },
    });
    expect(off.layout).toMatchObject({ source: 'native', blocks: [] });
    expect(off.layout.warnings).not.toEqual([]);
    const picture = drawPage('A picture that nobody reads').png();
    const image = await pages.recognize(await pages.file('off.png', picture, 'image/png'), {
      options: {
        mode: 'off',
      },
    });
    expect(image.layout).toMatchObject({ source: 'native', blocks: [] });
    expect(image.layout.warnings).not.toEqual([]);
  },
  SLOW,
);

test(
  'asks for a password, refuses a wrong one and opens with the right one',
  async () => {
    const bytes = await textPdf({ pages: ['SECRET text'], password: 'right' });
    const open = async (password?: string) =>
      pages.file('locked.pdf', bytes, 'application/pdf', password);
    await expect(pages.inspect(await open())).rejects.toMatchObject({ code: 'PASSWORD_REQUIRED' });
    await expect(pages.inspect(await open('wrong'))).rejects.toMatchObject({
      code: 'PASSWORD_WRONG',
    });
    expect(layoutText((await pages.recognize(await open('right'))).layout)).toBe('SECRET text');
  },
  SLOW,
);
