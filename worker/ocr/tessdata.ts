import { createHash, randomUUID } from 'node:crypto';
import { access, copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { FanfoldError } from '#server/errors.ts';
import {
  BUNDLED_LANGUAGES,
  listLanguages,
  listTrainedData,
  ORIENTATION_DATA,
} from '#server/languages/list.ts';

const require = createRequire(import.meta.url);
const unpack = promisify(gunzip);

export interface Tessdata {
  /** The folder that holds `<language>.traineddata` for every language, and the orientation data. */
  path: string;
  languages: string[];
}

/**
 * Gathers all trained data in one folder. A file of `extraDir` takes the
 * place of a bundled one. Safe to run in several processes at once.
 */
export async function prepareTessdata(options: {
  cacheDir: string;
  extraDir?: string | undefined;
}): Promise<Tessdata> {
  const { cacheDir, extraDir } = options;
  await mkdir(cacheDir, { recursive: true });
  const extra = extraDir ? await listTrainedData(extraDir) : [];
  for (const { name, path, gzipped } of bundledTrainedData()) {
    const kept = trainedData(cacheDir, name);
    if (extra.includes(name) || (gzipped && (await exists(kept)))) continue;
    await place(kept, async (target) =>
      gzipped ? writeFile(target, await unpack(await readFile(path))) : copyFile(path, target),
    );
  }
  for (const name of extra) {
    const source = trainedData(extraDir as string, name);
    await place(trainedData(cacheDir, name), (target) => copyFile(source, target));
  }
  return { path: cacheDir, languages: await listLanguages(extraDir) };
}

export function trainedData(folder: string, name: string): string {
  return join(folder, `${name}.traineddata`);
}

/** Throws LANGUAGE_MISSING with the first language that has no file in the folder. */
export async function requireTrainedData(folder: string, languages: string[]): Promise<void> {
  for (const language of languages) {
    if (await exists(trainedData(folder, language))) continue;
    throw new FanfoldError('LANGUAGE_MISSING', { sentence: `Not installed: ${language}.` });
  }
}

/** SHA-256, as hex, over the data of the languages. Throws LANGUAGE_MISSING. */
export async function hashTrainedData(folder: string, languages: string[]): Promise<string> {
  await requireTrainedData(folder, languages);
  const hash = createHash('sha256');
  for (const language of languages) hash.update(await readFile(trainedData(folder, language)));
  return hash.digest('hex');
}

export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/**
 * The data that comes along: the fast models of the languages, as they are in `tessdata/fast`, and
 * the gzipped orientation data, for the legacy engine that alone can use it.
 */
function bundledTrainedData(): { name: string; path: string; gzipped: boolean }[] {
  const fast = fileURLToPath(new URL('../../tessdata/fast/', import.meta.url));
  const languages = BUNDLED_LANGUAGES.map((name) => ({
    name,
    path: join(fast, `${name}.traineddata`),
    gzipped: false,
  }));
  const orientation = require.resolve(`@tesseract.js-data/${ORIENTATION_DATA}/package.json`);
  const path = join(dirname(orientation), '4.0.0', `${ORIENTATION_DATA}.traineddata.gz`);
  return [...languages, { name: ORIENTATION_DATA, path, gzipped: true }];
}

/** Another process sees the whole file or none. */
async function place(path: string, write: (target: string) => Promise<void>): Promise<void> {
  const partial = `${path}.${randomUUID()}.partial`;
  try {
    await write(partial);
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}
