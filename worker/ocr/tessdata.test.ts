import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepareTessdata } from './tessdata.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fanfold-tessdata-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('unpacks the bundled languages once, also where several processes start together', async () => {
  const cacheDir = join(folder, 'cache');
  const both = await Promise.all([prepareTessdata({ cacheDir }), prepareTessdata({ cacheDir })]);
  for (const { path, languages } of both) {
    expect(path).toBe(cacheDir);
    expect(languages).toEqual(['deu', 'eng', 'fra', 'ita', 'por', 'spa']);
  }
  const files = await readdir(cacheDir);
  expect(files.sort()).toEqual(
    ['deu', 'eng', 'fra', 'ita', 'osd', 'por', 'spa'].map((name) => `${name}.traineddata`),
  );
});

test('adds the languages of a further folder, and prefers its files', async () => {
  const extraDir = join(folder, 'extra');
  await mkdir(extraDir);
  await writeFile(join(extraDir, 'eng.traineddata'), 'better');
  await writeFile(join(extraDir, 'nld.traineddata'), 'dutch');
  const { path, languages } = await prepareTessdata({ cacheDir: join(folder, 'cache'), extraDir });
  expect(languages).toContain('nld');
  expect(await readFile(join(path, 'eng.traineddata'), 'utf8')).toBe('better');
});
