import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadModel } from './model.ts';

const ENGLISH = new URL('../../../tessdata/fast/eng.traineddata', import.meta.url);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fanfold-model-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a language of the bundle is read with its own characters', async () => {
  const model = await loadModel(ENGLISH.pathname);
  expect(model?.recognizer.height).toBe(36);
  expect(model?.alphabet).toMatchObject({ blank: 110, charset: { space: 0 } });
});

test.each([
  ['one that was cut short', (file: Buffer) => file.subarray(0, 5_000)],
  ['one of Tesseract 3', (file: Buffer) => withoutPart(file, 17)],
  ['no trained data at all', () => Buffer.from('once upon a time there was a file of text')],
])('%s is left to Tesseract', async (name, change) => {
  const path = join(folder, `${name}.traineddata`);
  await writeFile(path, change(await readFile(ENGLISH)));
  expect(await loadModel(path)).toBeUndefined();
});

/** The file with a part marked as absent in its table of 64-bit offsets. */
function withoutPart(file: Buffer, part: number): Buffer {
  const changed = Buffer.from(file);
  changed.writeBigInt64LE(-1n, 4 + 8 * part);
  return changed;
}
