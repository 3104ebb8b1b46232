import { readdir } from 'node:fs/promises';

const SUFFIX = '.traineddata';

/** The languages whose data comes with the installation. */
export const BUNDLED_LANGUAGES = ['eng', 'spa', 'fra', 'deu', 'ita', 'por'];
/** Data that finds the orientation of a page, and is no language. */
export const ORIENTATION_DATA = 'osd';

/** Languages that can be read, in alphabetical order: the bundled ones and those of `extraDir`. */
export async function listLanguages(extraDir?: string): Promise<string[]> {
  const extra = extraDir ? await listTrainedData(extraDir) : [];
  return [...new Set([...BUNDLED_LANGUAGES, ...extra])]
    .filter((name) => name !== ORIENTATION_DATA)
    .sort();
}

/** Names of the `<name>.traineddata` files of a folder. */
export async function listTrainedData(folder: string): Promise<string[]> {
  const files = await readdir(folder);
  return files.filter((file) => file.endsWith(SUFFIX)).map((file) => file.slice(0, -SUFFIX.length));
}
