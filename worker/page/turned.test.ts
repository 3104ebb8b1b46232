import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawPage } from '#fixtures/images.ts';
import { createTestPool, type TestPool } from '#fixtures/page-pool.ts';
import { scannedPdf } from '#fixtures/pdf.ts';
import { layoutText } from '#server/pages/layout.ts';

let pages: TestPool;
beforeAll(async () => {
  pages = await createTestPool();
});
afterAll(() => pages.close());

const SLOW = 60_000;

test(
  'turns a page as it was told, and reads it at the resolution it was given',
  async () => {
    const bytes = drawPage('TURNED by hand', { turn: 90 }).png();
    const source = await pages.file('turned.png', bytes, 'image/png');
    const { layout } = await pages.recognize(source, { options: { rotation: 270, dpi: 200 } });
    expect(layoutText(layout)).toBe('TURNED by hand');
    expect(layout).toMatchObject({ rotation: 270, dpi: 200 });
  },
  SLOW,
);

test.each([90, 180, 270] as const)(
  'shows a page upright whose /Rotate is %i',
  async (rotate) => {
    const text = 'ROTATED by the file\nand shown upright';
    const bytes = await scannedPdf({ pages: [text], rotate });
    const { layout } = await pages.recognize(
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
    const { layout, preview } = await pages.recognize(
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
  'applies the orientation that a camera wrote and puts transparency on white',
  async () => {
    const turned = await sharp(drawPage('CAMERA held upright', { turn: 270 }).png())
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const photo = await pages.file('photo.jpg', turned, 'image/jpeg');
    expect((await pages.recognize(photo)).layout).toMatchObject({ rotation: 0 });
    expect(layoutText((await pages.recognize(photo)).layout)).toBe('CAMERA held upright');
    const clear = drawPage('CLEAR background', { background: 'rgba(0, 0, 0, 0)' }).png();
    expect(
      layoutText((await pages.recognize(await pages.file('clear.png', clear, 'image/png'))).layout),
    ).toBe('CLEAR background');
  },
  SLOW,
);
