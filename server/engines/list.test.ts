import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseEnv } from '../env.ts';
import { findNativeTesseract, listEngines, requireEngine } from './list.ts';

const NOWHERE = join(tmpdir(), 'fanfold-there-is-no', 'libtesseract.so.5');

const envOf = (changes: Record<string, string>) =>
  parseEnv({
    FANFOLD_SECRET: '0'.repeat(64),
    FANFOLD_LOCAL_KEY: 'k'.repeat(32),
    DATABASE_URL: 'postgres://localhost/fanfold',
    S3_ACCESS_KEY_ID: 'id',
    S3_SECRET_ACCESS_KEY: 'secret',
    TESSERACT_LIBRARY: NOWHERE,
    ...changes,
  });

test('without settings and programs there is the one that comes along', async () => {
  expect(await listEngines(envOf({}))).toEqual(['tesseract']);
});

const installed = await findNativeTesseract();

test.skipIf(!installed)('finds the installed Tesseract, its library and version', async () => {
  expect(installed?.version).toMatch(/^5\./);
  const env = envOf({
    TESSERACT_LIBRARY: installed?.path ?? '',
    FANFOLD_ENGINE: 'tesseract-native',
  });
  expect(await listEngines(env)).toEqual(['tesseract-native', 'tesseract']);
});

test('leaves what is no library of Tesseract', async () => {
  expect(await findNativeTesseract(NOWHERE)).toBeNull();
  expect(await findNativeTesseract('libc.so.6')).toBeNull();
  await expect(
    requireEngine('tesseract-native', envOf({ TESSERACT_LIBRARY: 'libc.so.6' })),
  ).rejects.toMatchObject({
    code: 'ENGINE_MISSING',
    sentence: expect.stringContaining('It needs the library of Tesseract 5.'),
  });
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
