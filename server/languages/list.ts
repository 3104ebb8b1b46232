import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const SUFFIX = '.traineddata';

/** The languages whose data comes with the installation. */
const BUNDLED = ['eng', 'spa', 'fra', 'deu', 'ita', 'por'];
/** Data that finds the orientation of a page, and is no language. */
export const ORIENTATION_DATA = 'osd';

/** Languages that can be read, in alphabetical order: the bundled ones and those of `extraDir`. */
export async function listLanguages(extraDir?: string): Promise<string[]> {
  const extra = extraDir ? await listTrainedData(extraDir) : [];
  return [...new Set([...BUNDLED, ...extra])].filter((name) => name !== ORIENTATION_DATA).sort();
}

/** Names of the `<name>.traineddata` files of a folder. */
export async function listTrainedData(folder: string): Promise<string[]> {
  const files = await readdir(folder);
  return files.filter((file) => file.endsWith(SUFFIX)).map((file) => file.slice(0, -SUFFIX.length));
}

/**
 * The data that comes along: the fast models of the languages, as they are in `tessdata/fast`, and
 * the gzipped orientation data, for the legacy engine that alone can use it.
 */
export function bundledTrainedData(): { name: string; path: string; gzipped: boolean }[] {
  const fast = fileURLToPath(new URL('../../tessdata/fast/', import.meta.url));
  const languages = BUNDLED.map((name) => ({
    name,
    path: join(fast, `${name}${SUFFIX}`),
    gzipped: false,
  }));
  const orientation = require.resolve(`@tesseract.js-data/${ORIENTATION_DATA}/package.json`);
  const path = join(dirname(orientation), '4.0.0', `${ORIENTATION_DATA}${SUFFIX}.gz`);
  return [...languages, { name: ORIENTATION_DATA, path, gzipped: true }];
}
