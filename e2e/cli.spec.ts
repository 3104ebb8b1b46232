import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import {
  digital,
  occurrences,
  scan,
  scanWithHugePage,
  type TestFile,
  zipNamedPdf,
} from './support/files.ts';
import { type Installation, PROJECT } from './support/installation.ts';
import { test as base, expect } from './support/test.ts';

const test = base.extend<{ folder: string; fanfoldCommand: ReturnType<typeof commandIn> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'fanfold-cli-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  fanfoldCommand: async ({ folder, fanfold }, use) => use(commandIn(folder, fanfold)),
});

test('the text of one file goes to standard output', async ({ folder, fanfoldCommand }) => {
  const file = await scan('to standard output', 2);
  await put(folder, file);
  const { exitCode, stdout } = await fanfoldCommand('ocr', file.name);
  expect(exitCode).toBe(0);
  expect(stdout.split('\f').map((text) => occurrences(text, file.tokens))).toEqual([
    [1, 0],
    [0, 1],
  ]);
});

test('several files are written in every format that was asked for', async ({
  folder,
  fanfoldCommand,
}) => {
  const files = await Promise.all([digital('report', 1), digital('letter', 2)]);
  for (const file of files) await put(folder, file);
  const names = files.map(({ name }) => name);
  const { exitCode, stdout } = await fanfoldCommand(
    'ocr',
    ...names,
    '--format',
    'txt,json',
    '--out',
    'read',
  );
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
  const stems = names.map((name) => name.replace(/\.pdf$/, ''));
  expect((await readdir(join(folder, 'read'))).sort()).toEqual(
    stems.flatMap((stem) => [`${stem}.json`, `${stem}.txt`]).sort(),
  );
  for (const [index, { tokens }] of files.entries()) {
    const text = await readFile(join(folder, 'read', `${stems[index]}.txt`), 'utf8');
    expect(occurrences(text, tokens)).toEqual(tokens.map(() => 1));
  }
});

test('a file with a page that cannot be read ends with 3, and its text is there', async ({
  folder,
  fanfoldCommand,
}) => {
  const file = await scanWithHugePage('with a gap', 2, 2);
  await put(folder, file);
  const { exitCode, stdout, stderr } = await fanfoldCommand('ocr', file.name);
  expect(exitCode).toBe(3);
  expect(occurrences(stdout, file.tokens)).toEqual([1, 0]);
  expect(stderr).toContain('page 2: The page is larger than can be rendered.');
});

test('a file that cannot be read ends with 1, a wrong option with 2', async ({
  folder,
  fanfoldCommand,
}) => {
  const file = zipNamedPdf('no document');
  await put(folder, file);
  const failed = await fanfoldCommand('ocr', file.name);
  expect(failed).toMatchObject({ exitCode: 1, stdout: '' });
  expect(failed.stderr).toContain('This kind of file cannot be read.');
  const misused = await fanfoldCommand('ocr', file.name, '--format', 'docx');
  expect(misused).toMatchObject({ exitCode: 2, stdout: '' });
  expect(misused.stderr).toContain('--format docx');
});

test('--json writes one object that tells of every file', async ({ folder, fanfoldCommand }) => {
  const [good, bad] = [await digital('for machines', 1), zipNamedPdf('for nobody')];
  for (const file of [good, bad]) await put(folder, file);
  const { exitCode, stdout } = await fanfoldCommand(
    'ocr',
    good.name,
    bad.name,
    '--json',
    '--out',
    '.',
  );
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    files: [
      {
        file: good.name,
        status: 'completed',
        error: null,
        pages: { total: 1, completed: 1, failed: [] },
      },
      { file: bad.name, status: 'failed', error: { code: 'UNSUPPORTED_TYPE' }, outputs: [] },
    ],
  });
});

/** The command as a user of the same machine gives it: the server is found through its data folder. */
function commandIn(folder: string, { data }: Installation) {
  return (...args: string[]) =>
    execa('npm', ['--prefix', PROJECT, 'run', '-s', 'fanfold', '--', ...args], {
      cwd: folder,
      env: { FANFOLD_DATA: data, FANFOLD_URL: undefined, FANFOLD_API_KEY: undefined },
      reject: false,
      timeout: 200_000,
    });
}

function put(folder: string, { name, buffer }: TestFile): Promise<void> {
  return writeFile(join(folder, name), buffer);
}
