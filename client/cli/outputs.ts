import { constants, copyFile, link, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, extname, join, parse, resolve } from 'node:path';
import { OUTPUTS, type OutputFormat } from '#server/documents/formats.ts';
import { UsageError } from './context.ts';

/** What the name of a file that was meant for one result ends with. */
const ENDINGS = new Set(
  Object.values(OUTPUTS).flatMap(({ extension }) => extension.split('.').slice(-1)),
);

/** Makes the folder for results. Throws a UsageError where there is something else. */
export async function prepareFolder(out: string, folder: string): Promise<string> {
  const path = resolve(folder, out);
  const there = await stat(path).catch(() => undefined);
  if (there && !there.isDirectory()) throw new UsageError(`--out ${out}: that is not a folder.`);
  if (!there && ENDINGS.has(extname(path).slice(1).toLowerCase())) {
    throw new UsageError(`--out takes a folder. For one file, write: > ${basename(path)}`);
  }
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw new UsageError(`--out ${out} cannot be made (${(error as NodeJS.ErrnoException).code}).`);
  }
  return path;
}

/**
 * A name without extension for each input, none twice (`scan`, `scan (2)`). Unless `force`, none that
 * would meet a file which is in the folder already, in any of the formats.
 */
export async function nameOutputs(
  inputs: string[],
  options: { out: string; formats: OutputFormat[]; force: boolean },
): Promise<string[]> {
  const { out, formats, force } = options;
  const existing = force ? [] : await readdir(out);
  const taken = new Set(existing.map(fold));
  return inputs.map((input) => {
    const stem = firstFree(parse(input).name, (name) =>
      formats.some((format) => taken.has(fold(fileName(name, format)))),
    );
    for (const format of formats) taken.add(fold(fileName(stem, format)));
    return stem;
  });
}

/** Gives a finished temporary file its name, or the next free one; returns its path. */
export async function publish(
  draft: string,
  target: { out: string; stem: string; format: OutputFormat; force: boolean },
): Promise<string> {
  const { out, stem, format, force } = target;
  if (force) {
    const path = join(out, fileName(stem, format));
    await rename(draft, path);
    return path;
  }
  for (let number = 1; ; number += 1) {
    const path = join(out, fileName(numbered(stem, number), format));
    if (!(await claim(draft, path))) continue;
    await rm(draft);
    return path;
  }
}

const fileName = (stem: string, format: OutputFormat) => `${stem}.${OUTPUTS[format].extension}`;

/** Some file systems take two cases of a letter for the same. */
const fold = (name: string) => name.normalize('NFC').toLowerCase();

const numbered = (stem: string, number: number) => (number === 1 ? stem : `${stem} (${number})`);

function firstFree(stem: string, isTaken: (name: string) => boolean): string {
  let number = 1;
  while (isTaken(numbered(stem, number))) number += 1;
  return numbered(stem, number);
}

/** False where the name is taken; file systems without links get a copy. */
async function claim(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') throw error;
      return copyFile(draft, path, constants.COPYFILE_EXCL);
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
