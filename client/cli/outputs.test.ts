import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UsageError } from './context.ts';
import { nameOutputs, prepareFolder, publish } from './outputs.ts';

let out: string;

beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'fanfold-cli-'));
});

afterEach(() => rm(out, { recursive: true, force: true }));

describe('nameOutputs', () => {
  const name = (inputs: string[], force = false) =>
    nameOutputs(inputs, { out, formats: ['txt', 'json'], force });

  test('gives files of the same name names of their own', async () => {
    expect(await name(['/a/scan.pdf', '/b/scan.png', '/c/Scan.pdf', '/c/other.pdf'])).toEqual([
      'scan',
      'scan (2)',
      'Scan (3)',
      'other',
    ]);
  });

  test('stays clear of a file that is there in any of the formats', async () => {
    await writeFile(join(out, 'scan.json'), 'mine');
    expect(await name(['/a/scan.pdf'])).toEqual(['scan (2)']);
  });

  test('takes the plain name of what is there when forced, but not twice', async () => {
    await writeFile(join(out, 'scan.json'), 'old');
    expect(await name(['/a/scan.pdf', '/b/scan.pdf'], true)).toEqual(['scan', 'scan (2)']);
  });
});

describe('publish', () => {
  const draft = async () => {
    const path = join(out, '.draft');
    await writeFile(path, 'new');
    return path;
  };

  test('takes the next name where a file has appeared meanwhile', async () => {
    await writeFile(join(out, 'scan.txt'), 'mine');
    const path = await publish(await draft(), { out, stem: 'scan', format: 'txt', force: false });
    expect(path).toBe(join(out, 'scan (2).txt'));
    expect(await readFile(join(out, 'scan.txt'), 'utf8')).toBe('mine');
    expect((await readdir(out)).sort()).toEqual(['scan (2).txt', 'scan.txt']);
  });

  test('overwrites when forced', async () => {
    await writeFile(join(out, 'scan.txt'), 'old');
    await publish(await draft(), { out, stem: 'scan', format: 'txt', force: true });
    expect(await readFile(join(out, 'scan.txt'), 'utf8')).toBe('new');
    expect(await readdir(out)).toEqual(['scan.txt']);
  });
});

describe('prepareFolder', () => {
  test('makes folders, relative to where the user is', async () => {
    expect(await prepareFolder('a/b', out)).toBe(join(out, 'a/b'));
    expect(await readdir(join(out, 'a'))).toEqual(['b']);
  });

  test('refuses a file, and a name that was meant for one', async () => {
    await writeFile(join(out, 'scan'), '');
    await expect(prepareFolder('scan', out)).rejects.toThrow(UsageError);
    await expect(prepareFolder('scan.txt', out)).rejects.toThrow(UsageError);
  });
});
