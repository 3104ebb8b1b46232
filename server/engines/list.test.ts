import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseEnv } from '../env.ts';
import { findNativeTesseract, listEngines, requireEngine } from './list.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fanfold-native-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function program(output: string): Promise<string> {
  const path = join(folder, 'tesseract');
  await writeFile(path, `#!/bin/sh\necho '${output}'\n`);
  await chmod(path, 0o755);
  return path;
}

const envOf = (changes: Record<string, string>) =>
  parseEnv({
    FANFOLD_SECRET: '0'.repeat(64),
    FANFOLD_LOCAL_KEY: 'k'.repeat(32),
    DATABASE_URL: 'postgres://localhost/fanfold',
    S3_ACCESS_KEY_ID: 'id',
    S3_SECRET_ACCESS_KEY: 'secret',
    TESSERACT_PATH: join(folder, 'nothing'),
    ...changes,
  });

test('without settings and programs there is the one that comes along', async () => {
  expect(await listEngines(envOf({}))).toEqual(['tesseract']);
});

test('finds the installed Tesseract, its path and version', async () => {
  const path = await program('tesseract 5.3.0');
  expect(await findNativeTesseract(path)).toEqual({ path, version: '5.3.0' });
  const env = envOf({ TESSERACT_PATH: path, FANFOLD_ENGINE: 'tesseract-native' });
  expect(await listEngines(env)).toEqual(['tesseract-native', 'tesseract']);
});

test('leaves a Tesseract that is too old, and what is none', async () => {
  expect(await findNativeTesseract(await program('tesseract 3.05.02'))).toBeNull();
  await rm(folder, { recursive: true });
  folder = await mkdtemp(join(tmpdir(), 'fanfold-native-'));
  expect(await findNativeTesseract(await program('hello'))).toBeNull();
});

test('offers a vision model and the null engine only where they are set up', async () => {
  const env = envOf({
    FANFOLD_VISION_URL: 'http://127.0.0.1:1/v1',
    FANFOLD_VISION_MODEL: 'reader',
    FANFOLD_NULL_ENGINE_MS: '0',
  });
  expect(await listEngines(env)).toEqual(['tesseract', 'vision', 'null']);
});

test('says what there is when an engine is asked for that is not', async () => {
  await expect(requireEngine('vision', envOf({}))).rejects.toMatchObject({
    code: 'ENGINE_MISSING',
    sentence: 'There is no engine "vision" here. Choose from: tesseract.',
  });
  await requireEngine(null, envOf({}));
});

test('what is said to be there counts where workers run on other machines', async () => {
  const env = envOf({ FANFOLD_ENGINES: 'tesseract-native, tesseract' });
  expect(await listEngines(env)).toEqual(['tesseract', 'tesseract-native']);
  expect(() => envOf({ FANFOLD_ENGINES: 'typist' })).toThrow(/FANFOLD_ENGINES/);
});
