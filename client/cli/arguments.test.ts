import { expect, test } from 'vitest';
import { readFormats, readLanguages } from './arguments.ts';
import { readOcrArguments } from './commands/ocr.ts';
import { UsageError } from './context.ts';

test('reads a whole command line', () => {
  const line =
    'scan.pdf b.png --lang eng+spa --format txt,json --out out --concurrency 3 --json -q';
  expect(readOcrArguments(line.split(' '))).toEqual({
    inputs: ['scan.pdf', 'b.png'],
    formats: ['txt', 'json'],
    options: { languages: ['eng', 'spa'], formats: ['txt', 'json'] },
    out: 'out',
    force: false,
    concurrency: 3,
    request: { priority: 'interactive', force: false },
    password: undefined,
    passwordStdin: false,
    url: undefined,
    json: true,
    quiet: true,
  });
});

test('leaves how to read to the server and takes text where nothing is said', () => {
  const given = readOcrArguments(['scan.pdf']);
  expect(given).toMatchObject({ formats: ['txt'], concurrency: 2 });
  expect(given.options).toEqual({ formats: ['txt'] });
});

test('reads every option of reading', () => {
  const line =
    'a.pdf --pages 1-3,7 --mode redo --quality best --segmentation sparse --rotation 90 --no-deskew --dpi 300 --page-time-limit 20';
  expect(readOcrArguments(line.split(' ')).options).toEqual({
    pages: '1-3,7',
    mode: 'redo',
    quality: 'best',
    segmentation: 'sparse',
    rotation: 90,
    deskew: false,
    dpi: 300,
    pageTimeLimit: 20,
    formats: ['txt'],
  });
});

test('takes what follows two dashes for files', () => {
  expect(readOcrArguments(['--', '--lang']).inputs).toEqual(['--lang']);
});

test.each([
  ['no file', []],
  ['an unknown option', ['a.pdf', '--colour']],
  ['an option without its value', ['a.pdf', '--out']],
  ['an empty folder name', ['a.pdf', '--out', '']],
  ['pages that run backwards', ['a.pdf', '--pages', '3-1']],
  ['an unknown mode', ['a.pdf', '--mode', 'fast']],
  ['an unknown engine', ['a.pdf', '--engine', 'typist']],
  ['a slanted rotation', ['a.pdf', '--rotation', '45']],
  ['a resolution that is no number', ['a.pdf', '--dpi', 'high']],
  ['an unknown format', ['a.pdf', '--format', 'docx']],
  ['an empty list of languages', ['a.pdf', '--lang', '+']],
  ['no concurrency', ['a.pdf', '--concurrency', '0']],
  ['half a concurrency', ['a.pdf', '--concurrency', '1.5']],
  ['several formats without a folder', ['a.pdf', '--format', 'txt,json']],
])('refuses %s', (_what, args) => {
  expect(() => readOcrArguments(args)).toThrow(UsageError);
});

test('names the engine only where one is asked for', () => {
  expect(readOcrArguments(['a.pdf', '--engine', 'vision']).options.engine).toBe('vision');
  expect(readOcrArguments(['a.pdf']).options).not.toHaveProperty('engine');
});

test('separates languages by plus or comma and names each once', () => {
  expect(readLanguages('eng+spa,eng')).toEqual(['eng', 'spa']);
  expect(readLanguages(undefined)).toBeUndefined();
});

test('takes formats in any case and each once', () => {
  expect(readFormats('TXT, json,txt')).toEqual(['txt', 'json']);
});
