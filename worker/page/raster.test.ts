import { expect, test } from 'vitest';
import { isBlank, withoutAlikeSamples } from './raster.ts';

const WIDTH = 200;
const picture = (pixel: (at: number) => [number, number, number]) => ({
  data: Uint8Array.from(Array.from({ length: WIDTH * WIDTH }, (_, at) => pixel(at)).flat()),
  width: WIDTH,
  height: WIDTH,
  channels: 3 as const,
});

test('keeps one sample a pixel of a picture whose samples are alike', () => {
  const gray = withoutAlikeSamples(picture((at) => [at % 256, at % 256, at % 256]));
  expect(gray.channels).toBe(1);
  expect(gray.data).toEqual(Uint8Array.from({ length: WIDTH * WIDTH }, (_, at) => at % 256));
});

test('keeps all samples of a picture with a little colour', () => {
  const stamped = picture((at) => (at < WIDTH ? [200, 10, 10] : [240, 240, 240]));
  expect(withoutAlikeSamples(stamped)).toBe(stamped);
});

test.each([0, 128, 255])('tells a page of level %i from one with a letter on it', (level) => {
  const data = new Uint8Array(WIDTH * WIDTH).fill(level);
  expect(isBlank({ data, width: WIDTH, height: WIDTH, dpi: 100 })).toBe(true);
  data.fill(level === 0 ? 255 : 0, -40);
  expect(isBlank({ data, width: WIDTH, height: WIDTH, dpi: 100 })).toBe(false);
});
