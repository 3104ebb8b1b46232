import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';

/** Editors write a file in several steps, and a checkout writes many files. */
const SETTLE_MS = 200;

/** Calls `onChange` after a source file below one of the folders was saved; resolves to the end of it. */
export function watchSources(
  root: string,
  folders: string[],
  onChange: (path: string) => void,
): () => void {
  let settled: NodeJS.Timeout | undefined;
  const onEvent = (folder: string, file: string | null) => {
    if (!file || !/\.(ts|sql)$/.test(file) || file.endsWith('.test.ts')) return;
    clearTimeout(settled);
    settled = setTimeout(() => onChange(join(folder, file)), SETTLE_MS);
  };
  const watchers: FSWatcher[] = folders.map((folder) =>
    watch(join(root, folder), { recursive: true }, (_, file) => onEvent(folder, file)),
  );
  return () => {
    clearTimeout(settled);
    for (const watcher of watchers) watcher.close();
  };
}
