import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the web interface is built from, relative to the project. */
const SOURCES = [
  '{app,components,server,client,db,public}/**',
  'next.config.ts',
  'instrumentation*.ts',
  'proxy.ts',
  'postcss.config.*',
  'package.json',
  'package-lock.json',
];
const NOT_BUILT = ['**/*.test.{ts,tsx}', '**/*.md'];

/** The last file of `next build`; `BUILD_ID` is there before the pages are. */
const COMPLETE_MARK = 'export-marker.json';

/** Whether the web interface has to be built: there is no complete build, or a source is newer. */
export function needsBuild(root: string): boolean {
  const built = changedAt(join(root, '.next/BUILD_ID'));
  const complete = changedAt(join(root, '.next', COMPLETE_MARK));
  if (!built || !complete) return true;
  // Folders count as well: their time is that of the last file added or removed.
  return globSync(SOURCES, { cwd: root, exclude: NOT_BUILT }).some(
    (path) => (changedAt(join(root, path)) ?? 0) > built,
  );
}

function changedAt(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}
