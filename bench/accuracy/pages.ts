import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { ACCURACY_PAGES, drawAccuracyPage } from '#fixtures/accuracy/index.ts';
import type { SourceType } from '#server/documents/source-types.ts';
import type { Layout } from '#server/pages/layout.ts';
import { measurePage, measureText, type PageResult } from './measure.ts';
import { type Tilt, tiltPage } from './tilt.ts';

/** A page to be read, and what it is compared with. */
export interface BenchPage {
  set: string;
  name: string;
  /** Found where they are not named. */
  languages: string[] | null;
  /** Puts the page into this folder. */
  write(folder: string): Promise<{ path: string; type: SourceType }>;
  measure(layout: Layout, cpu: number): Promise<PageResult>;
}

const TYPES: Record<string, SourceType> = {
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.tif': 'image/tiff',
};

/** The pages of our own, drawn when they are read, lying as they are told to. */
export function ownPages(tilt: Tilt): BenchPage[] {
  const isTilted = tilt.turn !== 0 || tilt.skew !== 0;
  return ACCURACY_PAGES.map((spec) => {
    const drawn = async () => {
      const upright = await drawAccuracyPage(spec);
      return isTilted ? tiltPage(upright, tilt) : upright;
    };
    let page: ReturnType<typeof drawn> | undefined;
    return {
      set: spec.set,
      name: spec.name,
      languages: spec.set === 'languages' ? null : ['eng'],
      async write(folder) {
        page = drawn();
        const { image, type } = await page;
        const path = join(folder, spec.name);
        await writeFile(path, image);
        return { path, type };
      },
      async measure(layout, cpu) {
        const scanned = await (page ?? drawn());
        page = undefined;
        return measurePage(scanned, layout, cpu);
      },
    };
  });
}

/**
 * The pictures of a folder and of the folders in it that have a text of the same name beside them, or
 * in a folder `truth` beside theirs; a folder is a set. Names that begin with `es` are Spanish.
 */
export async function folderPages(folder: string): Promise<BenchPage[]> {
  const files = await readdir(folder, { recursive: true });
  return files.sort().flatMap((file) => {
    const path = join(folder, file);
    const type = TYPES[extname(file)];
    const text = truthOf(path);
    if (!type || !text) return [];
    const name = basename(file, extname(file));
    return {
      set: basename(dirname(path)),
      name,
      languages: [name.startsWith('es') ? 'spa' : 'eng'],
      write: async () => ({ path, type }),
      measure: async (layout, cpu) => measureText(await readFile(text, 'utf8'), layout, cpu),
    };
  });
}

function truthOf(path: string): string | undefined {
  const name = `${basename(path, extname(path))}.txt`;
  const folder = dirname(path);
  return [join(folder, name), join(dirname(folder), 'truth', name)].find(existsSync);
}
