import { randomUUID } from 'node:crypto';
import { access, copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { bundledTrainedData, listLanguages, listTrainedData } from '#server/languages/list.ts';

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

export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
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
