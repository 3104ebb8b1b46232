import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LIMITS } from '#fixtures/page-pool.ts';
import { rawPdf, textPdf } from '#fixtures/pdf.ts';
import { countPageObjects } from './count-pages.ts';
import { closeDocument } from './document.ts';
import { inspectPdf } from './inspect.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fanfold-count-'));
});
afterAll(async () => {
  await closeDocument();
  await rm(folder, { recursive: true, force: true });
});

/** Pages as plain objects, of which the page tree lists some. */
async function plainPdf(
  name: string,
  options: { objects: number; kids: number; count: number },
): Promise<string> {
  const ids = Array.from({ length: options.objects }, (_, index) => index + 3);
  const kids = ids.slice(0, options.kids).map((id) => `${id} 0 R`);
  const file = rawPdf([
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Count ${options.count}/Kids[${kids.join(' ')}]>>`,
    ...ids.map(() => '<</Type /Page/Parent 2 0 R/MediaBox[0 0 200 200]>>'),
  ]);
  const path = join(folder, name);
  await writeFile(path, file);
  return path;
}

test('counts page objects, plain and in object streams', async () => {
  const path = join(folder, 'packed.pdf');
  await writeFile(path, await textPdf({ pages: ['one', 'two', 'three'] }));
  expect((await countPageObjects(path)).count).toBe(3);
  expect(
    await countPageObjects(await plainPdf('plain.pdf', { objects: 4, kids: 4, count: 4 })),
  ).toEqual({ count: 4, files: 1 });
});

test('warns where the page tree reaches fewer pages than the file holds', async () => {
  const path = await plainPdf('short.pdf', { objects: 5, kids: 2, count: 2 });
  const { pageCount, warnings } = await inspectPdf({ path, type: 'application/pdf' }, LIMITS);
  expect(pageCount).toBe(2);
  expect(warnings[0]).toContain('5 pages');
});

test('finds every page where the table of pages counts too few of them', async () => {
  for (const count of [2, 1, 0, -5]) {
    const path = await plainPdf(`count${count}.pdf`, { objects: 3, kids: 3, count });
    const { pageCount, warnings } = await inspectPdf({ path, type: 'application/pdf' }, LIMITS);
    expect({ count, pageCount, warnings }).toEqual({ count, pageCount: 3, warnings: [] });
  }
});

test('refuses a file without pages', async () => {
  const none = await plainPdf('none.pdf', { objects: 0, kids: 0, count: 0 });
  await expect(inspectPdf({ path: none, type: 'application/pdf' }, LIMITS)).rejects.toMatchObject({
    code: expect.stringMatching(/NO_PAGES|CORRUPT_FILE/),
  });
});

test('tells of what is not on the pages: attached files and XFA forms', async () => {
  const document = await PDFDocument.create();
  document.addPage();
  await document.attach(Buffer.from('invoice'), 'invoice.txt');
  document.catalog.set(
    PDFName.of('AcroForm'),
    document.context.obj({ XFA: ['template', 'x'], Fields: [] }),
  );
  const path = join(folder, 'beside.pdf');
  await writeFile(path, await document.save());
  const { warnings } = await inspectPdf({ path, type: 'application/pdf' }, LIMITS);
  expect(warnings).toEqual([
    expect.stringContaining('attached to it, which are not read: 1'),
    expect.stringContaining('XFA'),
  ]);
});

test('reads a file whose list of attached files is a loop', async () => {
  const path = join(folder, 'loop.pdf');
  const file = rawPdf([
    '<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 4 0 R>>>>',
    '<</Type/Pages/Count 1/Kids[3 0 R]>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>',
    '<</Kids[4 0 R 4 0 R]>>',
  ]);
  await writeFile(path, file);
  const { pageCount } = await inspectPdf({ path, type: 'application/pdf' }, LIMITS);
  expect(pageCount).toBe(1);
});

test('tells of a file that is several, and not of one that was updated or has another within', async () => {
  const plain = await readFile(await plainPdf('one.pdf', { objects: 1, kids: 1, count: 1 }));
  const path = join(folder, 'several.pdf');
  const filesOf = async (...parts: (Buffer | string)[]) => {
    await writeFile(path, Buffer.concat(parts.map((part) => Buffer.from(part))));
    return (await countPageObjects(path)).files;
  };
  expect(await filesOf(plain, '\n', plain, plain)).toBe(3);
  expect(await filesOf(plain, '9 0 obj <</Type/Foo>> endobj startxref 0 %%EOF')).toBe(1);
  expect(await filesOf('%PDF-1.7\n4 0 obj <<>>\nstream\n', plain, 'endstream')).toBe(1);
});
