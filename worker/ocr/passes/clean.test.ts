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

test('takes out boxes to tick, empty, crossed or filled, and leaves letters that look like them', () => {
  const plain = sheet();
  plain.text(40, 40, 'OO D0 Yes No', STYLE);
  const boxed = sheet();
  boxed.text(40, 40, 'OO D0 Yes No', STYLE);
  boxed.frame([20, 31, 29, 40]);
  boxed.frame([150, 31, 159, 40]);
  boxed.context.beginPath();
  boxed.context.moveTo(boxed.pixels(150), boxed.pixels(31));
  boxed.context.lineTo(boxed.pixels(159), boxed.pixels(40));
  boxed.context.stroke();
  boxed.fill([170, 31, 179, 40], 'black');
  const { raster } = cleanRaster(rasterOf(boxed));
  expect(missing(rasterOf(boxed), rasterOf(plain))).toBeGreaterThan(200);
  expect(missing(raster, rasterOf(plain))).toBe(0);
  expect(missing(rasterOf(plain), raster)).toBe(0);
});

test('leaves a square that is a character of a line', () => {
  const line = sheet();
  for (const x of [20, 31, 42]) line.frame([x, 30, x + 10, 40]);
  const { raster } = cleanRaster(rasterOf(line));
  expect(missing(rasterOf(line), raster)).toBe(0);
});
