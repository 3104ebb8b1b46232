import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { needsBuild } from './build.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fanfold-build-'));
  write('app/page.tsx', 1_000);
  write('package.json', 1_000);
  for (const folder of ['app', '.']) touch(folder, 1_000);
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

test('builds where there is nothing', () => {
  expect(needsBuild(root)).toBe(true);
});

test('builds again where a build was interrupted', () => {
  write('.next/BUILD_ID', 2_000);
  expect(needsBuild(root)).toBe(true);
});

test('keeps a build that is newer than its sources', () => {
  writeBuild();
  expect(needsBuild(root)).toBe(false);
});

test.each(['app/deep/new.tsx', 'server/x.ts', 'package.json', 'next.config.ts', 'public/a.svg'])(
  'builds again after %s was saved',
  (path) => {
    writeBuild();
    write(path, 3_000);
    expect(needsBuild(root)).toBe(true);
  },
);

test('builds again after a source was removed', () => {
  writeBuild();
  touch('app', 3_000);
  expect(needsBuild(root)).toBe(true);
});

test('keeps a build when only a test or a page of the documentation changed', () => {
  writeBuild();
  write('app/page.test.tsx', 3_000);
  write('docs/errors.md', 3_000);
  touch('app', 1_000);
  expect(needsBuild(root)).toBe(false);
});

function writeBuild(): void {
  write('.next/BUILD_ID', 2_000);
  write('.next/export-marker.json', 2_001);
}

/** `at` in seconds since 1970. */
function write(path: string, at: number): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), '');
  touch(path, at);
}

function touch(path: string, at: number): void {
  utimesSync(join(root, path), at, at);
}
