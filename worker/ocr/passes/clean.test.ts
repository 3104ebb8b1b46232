import { expect, test } from 'vitest';
import { Sheet } from '#fixtures/accuracy/sheet.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import { cleanRaster } from './clean.ts';

const STYLE = { family: 'Sans' as const, size: 12 };

function sheet(): Sheet {
  const page = new Sheet({ width: 200, height: 100, dpi: 200 });
  page.block('text');
  return page;
}

function rasterOf({ canvas, dpi }: Sheet): GrayRaster {
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  const gray = Uint8Array.from({ length: width * height }, (_, at) => data[4 * at] as number);
  return { data: gray, width, height, dpi };
}

/** Dark pixels that one raster has and the other has not. */
function missing(one: GrayRaster, other: GrayRaster): number {
  return one.data.filter((value, at) => value < 100 && (other.data[at] as number) > 150).length;
}

test('takes out the rules of a table and leaves its letters', () => {
  const plain = sheet();
  plain.text(30, 40, 'Total 1,234', STYLE);
  const ruled = sheet();
  ruled.text(30, 40, 'Total 1,234', STYLE);
  ruled.frame([20, 20, 180, 52]);
  ruled.rule(110, 20, 110, 52);
  const { raster, rules } = cleanRaster(rasterOf(ruled));
  expect(rules.filter(({ along }) => along === 'row')).toHaveLength(2);
  expect(rules.filter(({ along }) => along === 'column')).toHaveLength(3);
  expect(missing(raster, rasterOf(plain))).toBe(0);
  expect(missing(rasterOf(plain), raster)).toBe(0);
});

test('leaves strokes that a rule runs through', () => {
  const plain = sheet();
  plain.text(30, 40, 'pygmy', STYLE);
  const underlined = sheet();
  underlined.text(30, 40, 'pygmy', STYLE);
  underlined.rule(20, 42, 180, 42, 0.6);
  const { raster } = cleanRaster(rasterOf(underlined));
  const blank = { ...raster, data: raster.data.map(() => 255) };
  const ink = missing(rasterOf(plain), blank);
  expect(missing(rasterOf(plain), raster)).toBeLessThan(0.08 * ink);
});

test('takes out rows of dots and leaves full stops', () => {
  const dotted = sheet();
  dotted.text(20, 40, 'It ended ...', STYLE);
  const plain = rasterOf(dotted);
  dotted.leader(100, 180, 60);
  const { raster } = cleanRaster(rasterOf(dotted));
  expect(missing(raster, plain)).toBe(0);
  expect(missing(plain, raster)).toBe(0);
});

test('turns light text on dark around, and leaves dark areas without text', () => {
  const page = sheet();
  page.fill([20, 20, 180, 50], '#223344');
  page.text(30, 40, 'LIGHT WORDS', { ...STYLE, color: 'white' });
  page.fill([20, 60, 60, 95], '#223344');
  const { inverted } = cleanRaster(rasterOf(page));
  expect(inverted).toHaveLength(1);
  expect(inverted[0]?.[3]).toBeLessThan(rasterOf(page).height * 0.6);
});
