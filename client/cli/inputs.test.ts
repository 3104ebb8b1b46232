import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UsageError } from './context.ts';
import { expandInputs } from './inputs.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fanfold-cli-'));
  await mkdir(join(folder, 'more/folder.png'), { recursive: true });
  for (const name of ['a.pdf', 'b.pdf', '[1].pdf', 'more/x.png', 'more/y.png']) {
    await writeFile(join(folder, name), 'x');
  }
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const expand = async (...inputs: string[]) =>
  (await expandInputs(inputs, folder)).map(({ shown }) => shown);

test('finds the files of a pattern, sorted and without folders', async () => {
  expect(await expand('more/*.png')).toEqual(['more/x.png', 'more/y.png']);
  expect(await expand(`${folder}/more/*.png`)).toEqual([
    join(folder, 'more/x.png'),
    join(folder, 'more/y.png'),
  ]);
});

test('keeps the order and takes each file once', async () => {
  expect(await expand('b.pdf', 'a.pdf', './b.pdf', '?.pdf')).toEqual(['b.pdf', 'a.pdf']);
});

test('takes a name that looks like a pattern for the file it is', async () => {
  expect(await expand('[1].pdf')).toEqual(['[1].pdf']);
});

test.each(['missing.pdf', 'none/*.pdf', 'more'])('refuses %s', async (input) => {
  await expect(expand(input)).rejects.toThrow(UsageError);
});
