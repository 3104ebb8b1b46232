import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { expect, test } from 'vitest';
import { type Kernel, loadKernel, type Storage } from './kernel.ts';
import { loadModel } from './model.ts';
import type { Line } from './recognizer.ts';

const FOLDER = fileURLToPath(new URL('./kernel/', import.meta.url));
const ENGLISH = fileURLToPath(new URL('../../../tessdata/fast/eng.traineddata', import.meta.url));
const WORDS: Storage = { bits: 16, offset: 0 };

test('the routines are what their source compiles to', { timeout: 60_000 }, async () => {
  const files = new Map<string, Uint8Array>();
  const { error } = await asc.main(['--config', 'asconfig.json', '--baseDir', FOLDER], {
    writeFile: (name, contents) => {
      files.set(name, contents as Uint8Array);
    },
  });
  expect(error).toBeNull();
  const [compiled] = files.values();
  expect(compiled && Buffer.from(compiled).equals(await readFile(`${FOLDER}kernel.wasm`))).toBe(
    true,
  );
});

test('a processor without products of bytes gets the same probabilities from words', async () => {
  const lines = [stripes(200), stripes(71), stripes(350)];
  const inBytes = scoresOf(lines, await loadModel(ENGLISH));
  const inWords = scoresOf(lines, await loadModel(ENGLISH, WORDS));
  expect(inBytes.map(({ length }) => length)).toEqual([66, 23, 116].map((steps) => steps * 112));
  expect(inWords).toEqual(inBytes);
});

test('a line is read the same alone and among others', async () => {
  const model = await loadModel(ENGLISH);
  const lines = [stripes(400), stripes(90), stripes(2), stripes(230)];
  const together = scoresOf(lines, model);
  const alone = lines.map((line) => scoresOf([line], model)[0]);
  expect(alone).toEqual(together);
  expect(together[2]).toHaveLength(0);
});

test('memory that is given back is given out again', async () => {
  const kernel: Kernel = await loadKernel(WORDS);
  const mark = kernel.mark();
  const first = kernel.take(100_000_000);
  kernel.release(mark);
  expect(kernel.take(16)).toBe(first);
});

function scoresOf(lines: Line[], model: Awaited<ReturnType<typeof loadModel>>): number[][] {
  return (model?.recognizer.recognize(lines) ?? []).map(({ probabilities }) => [...probabilities]);
}

/** Something like letters: strokes of changing widths on white. */
function stripes(width: number): Line {
  const pixels = new Int8Array(36 * width).fill(127);
  for (let y = 8; y < 28; y += 1) {
    for (let x = 0; x < width; x += 1)
      if ((x * (1 + (x % 5))) % 11 < 4) pixels[y * width + x] = -127;
  }
  return { width, pixels };
}
