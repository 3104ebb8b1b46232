import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { PDFDocument } from '@cantoo/pdf-lib';
import { describe, expect, test } from 'vitest';
import { buildLayout } from '#fixtures/layouts.ts';
import type { Box } from '#server/pages/layout.ts';
import { buildSheets, graft, inGraftFolder, oneLine, textOf } from './testing/graft.ts';
import { hasProgram } from './testing/programs.ts';

const run = promisify(execFile);

inGraftFolder();

describe('the text layer', () => {
  test('holds any character as it was read, and spaces where the script has them', async () => {
    const layout = buildLayout({
      lines: [
        {
          words: [
            ['naïve', [100, 100, 190, 130]],
            ['€5', [200, 100, 240, 130]],
            ['𝒳𝒴', [250, 100, 290, 130]],
            ['😀', [300, 100, 330, 130]],
            ['漢', [340, 100, 368, 130]],
            ['字', [373, 100, 400, 130]],
            ['(a)', [410, 100, 450, 130]],
            ['\\', [460, 100, 470, 130]],
          ],
        },
      ],
    });
    const file = await graft(await buildSheets([{}]), [{ number: 1, layout }]);
    expect(await textOf(file.output)).toContain('naïve €5 𝒳𝒴 😀 漢字');
    expect(await textOf(file.output)).toContain('(a) \\');
    if (!hasProgram('pdftotext')) return;
    const { stdout } = await run('pdftotext', [file.output.path, '-']);
    expect(stdout).toContain('naïve €5 𝒳𝒴 😀 漢字');
  });

  test('gives text from right to left back in the order in which it is read', async () => {
    const right = (index: number): Box => [700 - index * 108, 100, 800 - index * 108, 130];
    const words = ['שלום', 'עולם', '2024', 'טוב'];
    const layout = buildLayout({
      lines: [{ words: words.map((text, index) => [text, right(index)]) }],
    });
    const file = await graft(await buildSheets([{}]), [{ number: 1, layout }]);
    expect((await textOf(file.output)).replace(/\s+/g, ' ')).toContain('שלום עולם 2024 טוב');
    if (!hasProgram('pdftotext')) return;
    const { stdout } = await run('pdftotext', [file.output.path, '-']);
    expect(stdout.replace(/[\u202a-\u202e]/g, '')).toContain('שלום עולם');
  });

  test('leaves out what the page shows as text already', async () => {
    const native = buildLayout({
      lines: [{ words: [['Ink', [100, 100, 200, 130]]] }],
      provenance: 'native',
    });
    const bytes = await buildSheets([{}]);
    const file = await graft(bytes, [{ number: 1, layout: native }]);
    expect((await textOf(file.output)).trim()).toBe('Ink');
    expect((await readFile(file.output.path)).equals(Buffer.from(bytes))).toBe(true);
  });

  test('tells of a page that was not read', async () => {
    const error = { code: 'PAGE_TIMEOUT', sentence: 'It took too long.' } as const;
    const file = await graft(await buildSheets([{}, {}]), [
      { number: 1, layout: oneLine('fine') },
      { number: 2, error },
    ]);
    expect(await textOf(file.output, 2)).toContain(
      '[Page 2 was not read: It took too long. (PAGE_TIMEOUT)]',
    );
  });

  test('costs little, and the pages share one font', async () => {
    const sheets = Array.from({ length: 40 }, () => ({}));
    const words = Array.from({ length: 9 }, (_, index) => `word${index}`);
    const bytes = await buildSheets(sheets);
    const pages = sheets.map((_, index) => ({ number: index + 1, layout: oneLine(...words) }));
    const file = await graft(bytes, pages);
    const added = (await readFile(file.output.path)).length - bytes.length;
    expect(added / (sheets.length * words.length)).toBeLessThan(120);
    expect(await textOf(file.output, 40)).toContain('word0 word1 word2');
  });
});

describe('the copy', () => {
  test.each([
    ['a table', false],
    ['streams', true],
  ])('goes on as a file that lists its objects by %s', async (_, useObjectStreams) => {
    const bytes = await buildSheets([{}], { useObjectStreams });
    const file = await graft(bytes, [{ number: 1, layout: oneLine('one', 'two') }]);
    const added = (await readFile(file.output.path)).subarray(bytes.length).toString('latin1');
    expect(added.includes('\nxref\n')).toBe(!useObjectStreams);
    expect(await textOf(file.output)).toContain('one two');
    if (!hasProgram('qpdf')) return;
    const { stdout } = await run('qpdf', ['--check', file.output.path]);
    expect(stdout).toContain('No syntax or stream encoding errors');
  });

  test('is told apart from a file that was signed', async () => {
    const document = await PDFDocument.load(await buildSheets([{}]));
    const signature = { Type: 'Sig', ByteRange: [0, 10, 20, 30] };
    document.context.register(document.context.obj(signature));
    const bytes = await document.save({ useObjectStreams: false });
    const file = await graft(bytes, [{ number: 1, layout: oneLine('one') }]);
    expect(file.warnings).toEqual([expect.stringContaining('The file is signed.')]);
  });

  test.each([
    ['that opens without a password', '', undefined],
    ['that opens with its password', 'secret', 'secret'],
  ])('of a protected file %s is not protected, and says so', async (_, userPassword, password) => {
    const document = await PDFDocument.load(await buildSheets([{}]));
    document.encrypt({ userPassword, ownerPassword: 'owner' });
    const pages = [{ number: 1, layout: oneLine('one', 'two') }];
    const file = await graft(await document.save(), pages, 'file', password);
    expect(file.warnings).toEqual([expect.stringContaining('is protected')]);
    expect(await textOf({ ...file.output, password: undefined })).toMatch(/one two[\s\S]*Ink/);
    if (!hasProgram('qpdf')) return;
    const { stdout } = await run('qpdf', ['--check', file.output.path]);
    expect(stdout).toContain('File is not encrypted');
  });

  test('is put together anew where the list of objects is damaged, and says so', async () => {
    const bytes = Buffer.from(await buildSheets([{}], { useObjectStreams: false }));
    const end = bytes.lastIndexOf('startxref');
    const cut = bytes.subarray(0, end);
    const file = await graft(cut, [{ number: 1, layout: oneLine('one', 'two') }]);
    expect(file.warnings).toEqual([expect.stringContaining('damaged')]);
    expect(await textOf(file.output)).toContain('one two');
    if (!hasProgram('qpdf')) return;
    const { stdout } = await run('qpdf', ['--check', file.output.path]);
    expect(stdout).toContain('No syntax or stream encoding errors');
  });

  test('fails where the file makes no sense', async () => {
    await expect(
      graft(Buffer.from('%PDF-1.4\n%%EOF\n'), [{ number: 1, layout: oneLine('one') }]),
    ).rejects.toMatchObject({ code: 'CORRUPT_FILE' });
  });
});
