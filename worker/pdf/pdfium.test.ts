import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { LIMITS, PAGE_OPTIONS } from '#fixtures/page-pool.ts';
import { scannedPdf, textPdf } from '#fixtures/pdf.ts';
import { isBlank } from '#worker/page/raster.ts';
import { closeDocument } from './document.ts';
import { soundJpegs } from './guards.ts';
import { inspectPdf } from './inspect.ts';
import { preparePdfPage } from './page.ts';
import { openPdfium } from './pdfium.ts';
import { withPdfium } from './pdfium-renderer.ts';

vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fanfold-pdfium-'));
});
afterAll(async () => {
  await closeDocument();
  await rm(folder, { recursive: true, force: true });
});

let files = 0;
async function fileOf(bytes: Uint8Array, password?: string) {
  const path = join(folder, `${++files}.pdf`);
  await writeFile(path, bytes);
  return { path, type: 'application/pdf' as const, password };
}

const taskOf = (source: Awaited<ReturnType<typeof fileOf>>, page = 1) => ({
  kind: 'recognize' as const,
  source,
  limits: LIMITS,
  page,
  languages: ['eng'],
  options: PAGE_OPTIONS,
});

test('draws a page of the size that its resolution gives, in gray and without colour', async () => {
  const source = await fileOf(await scannedPdf({ pages: ['A page'] }));
  const raster = await withPdfium(source, 1, async (page) => page?.render(100));
  expect(raster?.gray).toMatchObject({ width: 827, height: 1169, dpi: 100 });
  expect(raster?.color).toBeNull();
  expect(raster && isBlank(raster.gray)).toBe(false);
});

test('opens a protected file with its password, and nothing that is no PDF', async () => {
  const bytes = await textPdf({ pages: ['Secret'], password: 'sesame' });
  expect(await openPdfium(await fileOf(bytes, 'wrong'))).toBeNull();
  const document = await openPdfium(await fileOf(bytes, 'sesame'));
  expect(document?.pageCount).toBe(1);
  document?.close();
  expect(await openPdfium(await fileOf(Buffer.from('no PDF at all')))).toBeNull();
});

/** Four pages behind a table that names these objects. */
function plainPdf(kids: number[], count: number) {
  const pages = [3, 4, 5, 6].map(
    (id) => `${id} 0 obj <</Type /Page/Parent 2 0 R/MediaBox[0 0 200 200]>> endobj`,
  );
  const table = kids.map((id) => `${id} 0 R`).join(' ');
  return fileOf(
    Buffer.from(
      [
        '%PDF-1.4',
        '1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj',
        `2 0 obj <</Type/Pages/Count ${count}/Kids[${table}]>> endobj`,
        ...pages,
        'trailer <</Root 1 0 R>>',
      ].join('\n'),
    ),
  );
}

test('finds the pages behind one that is missing, says so, and fails the missing one alone', async () => {
  const source = await plainPdf([3, 99, 4, 5, 6], 5);
  const { pageCount, warnings } = await inspectPdf(source, LIMITS);
  expect(pageCount).toBe(5);
  expect(warnings.join()).toContain('second reader');
  await expect(preparePdfPage(taskOf(source, 2))).rejects.toMatchObject({ code: 'CORRUPT_FILE' });
  for (const page of [1, 3, 4, 5]) await preparePdfPage(taskOf(source, page));
});

test('warns where a file announces more pages than it has', async () => {
  const { pageCount, warnings } = await inspectPdf(await plainPdf([3, 4, 5, 6], 9), LIMITS);
  expect(pageCount).toBe(4);
  expect(warnings.join()).toContain('announces 9 pages');
});

test('draws with PDFium what pdf.js cannot open, and says so on the page', async () => {
  const source = await plainPdf([99, 3, 4, 5, 6], 5);
  const page = await preparePdfPage(taskOf(source, 3));
  expect(page).toMatchObject({ kind: 'drawn', raster: { gray: { width: 694 } } });
  expect(page.warnings.join()).toContain('PDFium');
});

/** A page that is one blank JPEG, of which the last bytes are left out. */
async function blankScan(missing: number) {
  const create = { width: 1240, height: 1754, channels: 3 as const, background: '#f4f4f4' };
  const jpeg = await sharp({ create }).jpeg().toBuffer();
  const document = await PDFDocument.create();
  const page = document.addPage([595, 842]);
  const image = await document.embedJpg(jpeg.subarray(0, jpeg.length - missing));
  page.drawImage(image, { x: 0, y: 0, width: 595, height: 842 });
  return fileOf(await document.save());
}

test('a blank scan is taken for blank at once where its decoder has nothing to complain of', async () => {
  const page = await preparePdfPage(taskOf(await blankScan(0)));
  expect(page.warnings).toEqual([]);
  expect(page.kind === 'drawn' && isBlank(page.raster.gray)).toBe(true);
  expect(soundJpegs()).toBe(1);
  await preparePdfPage(taskOf(await blankScan(200)));
  expect(soundJpegs()).toBe(0);
});
