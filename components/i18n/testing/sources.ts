import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PROJECT = join(import.meta.dirname, '../../..');

export interface Source {
  file: string;
  text: string;
}

/** The sources of these folders, without tests. */
export function readSources(folders: string[]): Source[] {
  return folders.flatMap((folder) =>
    globSync(`${folder}/**/*.{ts,tsx}`, { cwd: PROJECT })
      .filter((file) => !/\.test\.|\/testing\/|\/messages\//.test(file))
      .map((file) => ({ file, text: readFileSync(join(PROJECT, file), 'utf8') })),
  );
}
