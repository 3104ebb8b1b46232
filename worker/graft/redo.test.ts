import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { PDFDocument, PDFName, type PDFRawStream, StandardFonts } from '@cantoo/pdf-lib';
import { expect, test } from 'vitest';
import { buildLayout } from '#fixtures/layouts.ts';
import { buildPdf } from '#fixtures/pdf.ts';
import type { Box } from '#server/pages/layout.ts';
import { shownText } from '#worker/pdf/page.ts';
import { pdfjsRenderer } from '#worker/pdf/pdfjs-renderer.ts';
import { graft, inGraftFolder, type Opened, oneLine, pageOf, textOf } from './testing/graft.ts';
import { hasProgram } from './testing/programs.ts';

const run = promisify(execFile);

inGraftFolder();

const read = [{ number: 1, layout: oneLine('new', 'words') }];

const scanWithHiddenText = () =>
  buildPdf([{ kind: 'scan-with-hidden-text', text: 'A scan', hidden: 'old nonsense' }]);

async function expectSameLook({ source, output }: Opened): Promise<void> {
  const before = await pdfjsRenderer(await pageOf(source)).render(50);
  const after = await pdfjsRenderer(await pageOf(output)).render(50);
  expect(Buffer.compare(Buffer.from(before.gray.data), Buffer.from(after.gray.data))).toBe(0);
}

test('the hidden text of an earlier OCR gives way to what was read', async () => {
  const bytes = await scanWithHiddenText();
  const file = await graft(bytes, read);
  expect(await textOf(file.source)).toContain('old nonsense');
  expect((await textOf(file.output)).trim()).toBe('new words');
  await expectSameLook(file);
  const made = await readFile(file.output.path);
  expect(made.subarray(0, bytes.length).equals(Buffer.from(bytes))).toBe(true);
  if (hasProgram('pdftotext')) {
    const { stdout } = await run('pdftotext', [file.output.path, '-']);
    expect(stdout.trim()).toBe('new words');
  }
  if (hasProgram('qpdf')) {
    const { stdout } = await run('qpdf', ['--check', file.output.path]);
    expect(stdout).toContain('No syntax or stream encoding errors');
  }
}, 30_000);

test('hidden text in a form that the page paints gives way too', async () => {
  const document = await PDFDocument.create();
  const page = document.addPage([300, 300]);
  const font = await document.embedFont(StandardFonts.Helvetica);
  page.drawText('Seen', { x: 20, y: 200, size: 20, font });
  const { context } = document;
  const form = context.flateStream('BT 3 Tr /F 12 Tf 20 100 Td (old nonsense) Tj ET', {
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [0, 0, 300, 300],
    Resources: { Font: { F: font.ref } },
  });
  page.node.setXObject(PDFName.of('Old'), context.register(form));
  const content = context.register(context.stream('q /Old Do Q'));
  page.node.addContentStream(content);
  const file = await graft(await document.save(), read);
  expect(await textOf(file.source)).toContain('old nonsense');
  const text = await textOf(file.output);
  expect(text).not.toContain('old');
  expect(text).toContain('Seen');
  expect(text).toContain('new words');
  await expectSameLook(file);
});

test('a page that was not read anew keeps its hidden text', async () => {
  const error = { code: 'PAGE_TIMEOUT', sentence: 'It took too long.' } as const;
  const file = await graft(await scanWithHiddenText(), [{ number: 1, error }]);
  expect(await textOf(file.output)).toContain('old nonsense');
});

test('content that cannot be told apart stays as it is', async () => {
  const document = await PDFDocument.create();
  const page = document.addPage([300, 300]);
  const { context } = document;
  const font = await document.embedFont(StandardFonts.Helvetica);
  page.node.setFontDictionary(PDFName.of('F'), font.ref);
  const content = context.stream('BT /F 12 Tf 20 100 Td 3 Tr (old) Tj 0 Tr (Seen) Tj ET');
  page.node.set(PDFName.of('Contents'), context.register(content as PDFRawStream));
  const file = await graft(await document.save(), read);
  await expectSameLook(file);
  expect(await textOf(file.output)).toContain('new words');
});

test('a page that was read although it shows text has no word twice', async () => {
  const bytes = await buildPdf([{ kind: 'text', text: 'Printed words' }]);
  const seen = await graft(bytes, []);
  const proxy = await pageOf(seen.source);
  const [block] = await shownText(proxy, 150);
  const printed = block?.lines[0]?.words ?? [];
  expect(printed.map(({ text }) => text)).toEqual(['Printed', 'words']);
  const words = printed.map(({ text, box }): [string, Box] => [text, box]);
  const layout = buildLayout({
    lines: [{ words }, { words: [['pictured', [100, 900, 300, 930]]] }],
  });
  const file = await graft(bytes, [{ number: 1, layout }]);
  const text = await textOf(file.output);
  expect(text.match(/Printed/g)).toHaveLength(1);
  expect(text).toContain('pictured');
  await expectSameLook(file);
});

test('a searchable PDF that is read again holds the words of the last reading alone', async () => {
  const bytes = await buildPdf([{ kind: 'scan', text: 'A scan' }]);
  const first = await graft(bytes, [{ number: 1, layout: oneLine('first', 'reading') }], 'first');
  const file = await graft(await readFile(first.output.path), read, 'second');
  expect((await textOf(file.output)).trim()).toBe('new words');
  await expectSameLook(file);
});
