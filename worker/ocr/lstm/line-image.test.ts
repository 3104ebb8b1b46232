import { expect, test } from 'vitest';
import { createRandom } from '#fixtures/accuracy/random.ts';
import { normalise } from './line-image.ts';

const [WIDTH, HEIGHT] = [120, 36];
const [PAPER, INK] = [225, 60];

/** Upright strokes, 3 pixels wide, on noisy paper. */
function lineOf(strokes: number[]) {
  const random = createRandom(7);
  const pixels = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, at) => {
    const [x, y] = [at % WIDTH, Math.floor(at / WIDTH)];
    const isInk = y > 8 && y < 28 && strokes.some((left) => x >= left && x < left + 3);
    return (isInk ? INK : PAPER) + 8 * random.normal();
  });
  return { width: WIDTH, height: HEIGHT, pixels };
}

const levelsOf = (pixels: Int8Array) => ({
  paper: pixels[5 * WIDTH + 60] as number,
  ink: pixels[18 * WIDTH + 21] as number,
});

test('ink is black and paper white where strokes fill the line', () => {
  const { pixels } = normalise(lineOf([20, 30, 40, 50, 65, 70, 80, 90, 100]));
  expect(levelsOf(pixels).ink).toBeLessThan(-90);
  expect(levelsOf(pixels).paper).toBeGreaterThan(70);
});

test('the noise of the paper stays white in a line of a single stroke', () => {
  const { pixels } = normalise(lineOf([20]));
  const paper = pixels.subarray(0, 8 * WIDTH);
  expect(Math.min(...paper)).toBeGreaterThan(0);
  expect(levelsOf(pixels).ink).toBeLessThan(-90);
});
