import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

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
 * The gzipped data of what is bundled: languages for the LSTM engine with integer weights, the
 * orientation data for the legacy engine that alone can use it.
 */
export function bundledTrainedData(): { name: string; path: string }[] {
  return [...BUNDLED, ORIENTATION_DATA].map((name) => {
    const root = dirname(require.resolve(`@tesseract.js-data/${name}/package.json`));
    const variant = name === ORIENTATION_DATA ? '4.0.0' : '4.0.0_best_int';
    return { name, path: join(root, variant, `${name}${SUFFIX}.gz`) };
  });
}
