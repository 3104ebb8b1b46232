import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, type PDFFont, type PDFPage, rgb, StandardFonts } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { drawPage } from '#fixtures/images.ts';
import { LIMITS, PAGE_OPTIONS } from '#fixtures/page-pool.ts';
import type { PageOptions } from '#server/documents/schemas.ts';
import type { Block } from '#server/pages/layout.ts';
import { closeDocument } from './document.ts';
import { preparePdfPage } from './page.ts';

vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fanfold-look-'));
});
afterAll(async () => {
  await closeDocument();
  await rm(folder, { recursive: true, force: true });
});

const SIZE: [number, number] = [595, 842];
let files = 0;

/** Looks at a page that `paint` has filled. */
async function look(
  paint: (page: PDFPage, font: PDFFont, document: PDFDocument) => Promise<void> | void,
  mode: PageOptions['mode'] = 'auto',
) {
  const document = await PDFDocument.create();
  await paint(document.addPage(SIZE), await document.embedFont(StandardFonts.Helvetica), document);
  const path = join(folder, `${++files}.pdf`);
  await writeFile(path, await document.save());
  const source = { path, type: 'application/pdf' as const };
  const options = { ...PAGE_OPTIONS, mode };
  return preparePdfPage({
    kind: 'recognize',
    source,
    limits: LIMITS,
    page: 1,
    languages: ['eng'],
    options,
  });
}

async function placePicture(
  document: PDFDocument,
  page: PDFPage,
  box: [number, number, number, number],
) {
  const [x, y, width, height] = box;
  page.drawImage(await document.embedJpg(drawPage('ON THE PICTURE').jpeg()), {
    x,
    y,
    width,
    height,
  });
}

const WHOLE: [number, number, number, number] = [0, 0, ...SIZE];
const OLD = 'Words that an earlier OCR has left under the picture.';
const write = (page: PDFPage, font: PDFFont, text: string, options = {}) =>
  page.drawText(text, { x: 56, y: 772, size: 14, font, ...options });

const wordsOf = (blocks: Block[]) =>
  blocks.flatMap(({ lines }) => lines.flatMap(({ words }) => words));
const textOf = (blocks: Block[]) =>
  wordsOf(blocks)
    .map(({ text }) => text)
    .join(' ');

/** Where something is left to read, as shares of the page: the box around it. */
function inkBox(raster: { data: Uint8Array; width: number; height: number } | null) {
  if (!raster) return null;
  const { data, width, height } = raster;
  const xs: number[] = [];
  const ys: number[] = [];
  data.forEach((value, at) => {
    if (value > 128) return;
    xs.push((at % width) / width);
    ys.push(Math.floor(at / width) / height);
  });
  const ends = (values: number[]) => ({
    from: values.reduce((one, other) => Math.min(one, other), 1),
    to: values.reduce((one, other) => Math.max(one, other), 0),
  });
  return { x: ends(xs), y: ends(ys) };
}

test('takes text under a picture for what an earlier OCR has hidden', async () => {
  const covered = await look(async (page, font, document) => {
    write(page, font, 'The words of it: ON THE PICTURE');
    await placePicture(document, page, WHOLE);
  }, 'off');
  expect(covered).toMatchObject({ kind: 'finished', source: 'native' });
  if (covered.kind !== 'finished') return;
  expect(wordsOf(covered.blocks).map(({ provenance }) => provenance)).toEqual(
    Array(7).fill('old-ocr'),
  );
});

test('takes text over a picture for its own, and reads the rest of the picture', async () => {
  const page = await look(async (sheet, font, document) => {
    await placePicture(document, sheet, WHOLE);
    write(sheet, font, 'x', { y: 400 });
  });
  expect(page.kind).toBe('drawn');
  if (page.kind !== 'drawn') return;
  expect(textOf(page.native)).toBe('x');
  expect(inkBox(page.toRead)?.y.to).toBeLessThan(0.12);
});

test('keeps hidden text where it fits the picture, and reads nothing', async () => {
  const page = await look(async (sheet, font, document) => {
    await placePicture(document, sheet, WHOLE);
    write(sheet, font, 'ON THE PICTURE', { y: 766, renderMode: 3 });
  });
  expect(page).toMatchObject({ kind: 'drawn', toRead: null });
  if (page.kind !== 'drawn') return;
  expect(wordsOf(page.native).every(({ provenance }) => provenance === 'old-ocr')).toBe(true);
  expect(page.reason).toContain('earlier OCR');
});

test('reads what the hidden text leaves out', async () => {
  const page = await look(async (sheet, font, document) => {
    await placePicture(document, sheet, WHOLE);
    write(sheet, font, OLD, { y: 300, renderMode: 3 });
  });
  expect(page.kind).toBe('drawn');
  if (page.kind !== 'drawn') return;
  expect(textOf(page.native)).toBe(OLD);
  expect(inkBox(page.toRead)?.y.from).toBeCloseTo(0.08, 1);
});

test('leaves hidden text out where it is to be read again', async () => {
  const page = await look(async (sheet, font, document) => {
    await placePicture(document, sheet, WHOLE);
    write(sheet, font, OLD, { renderMode: 3 });
  }, 'redo');
  expect(page).toMatchObject({ kind: 'drawn', native: [] });
  if (page.kind === 'drawn') expect(page.toRead).toBe(page.raster.gray);
});

test('does not take a page of text for a scan because of its logo', async () => {
  const page = await look(async (sheet, font, document) => {
    write(sheet, font, 'A letter with a logo');
    await placePicture(document, sheet, [450, 750, 100, 80]);
  });
  expect(page).toMatchObject({ kind: 'finished', source: 'native' });
});

test('reads a picture on a page of text, and nothing else of the page', async () => {
  const page = await look(async (sheet, font, document) => {
    write(sheet, font, 'Text beside a picture');
    await placePicture(document, sheet, [200, 100, 300, 424]);
  });
  expect(page.kind).toBe('drawn');
  if (page.kind !== 'drawn') return;
  expect(textOf(page.native)).toBe('Text beside a picture');
  const ink = inkBox(page.toRead);
  expect(ink?.y.from).toBeGreaterThan(0.35);
  expect(ink?.x.from).toBeGreaterThan(0.3);
});

test('reads letters that are drawn as outlines', async () => {
  const page = await look((sheet) => {
    for (let at = 0; at < 90; at++) {
      sheet.drawRectangle({ x: 56 + at * 5, y: 700, width: 2, height: 10, color: rgb(0, 0, 0) });
    }
  });
  expect(page).toMatchObject({ kind: 'drawn', native: [] });
});

test('reads the pixels of text whose characters mean nothing', async () => {
  const shifted = [
    ...'whereof one cannot speak thereof one must be silent and that is the whole truth',
  ]
    .map((letter) => (letter === ' ' ? ' ' : String.fromCharCode(letter.charCodeAt(0) - 29)))
    .join('');
  const page = await look((sheet, font) => write(sheet, font, shifted, { size: 9 }));
  expect(page).toMatchObject({ kind: 'drawn', native: [] });
  expect(page.reason).toContain('without a meaning');
});

test('reads the pixels of text whose map leads to signs', async () => {
  const signs = 'whereof one cannot speak'.replace(/[a-z]/g, (letter) =>
    String.fromCharCode(letter.charCodeAt(0) + 0x45),
  );
  const page = await look((sheet, font) => write(sheet, font, signs.repeat(3), { size: 9 }));
  expect(page).toMatchObject({ kind: 'drawn', native: [] });
});

test('takes what is on the page of a line that begins beside it', async () => {
  const page = await look((sheet, font) =>
    write(sheet, font, 'This line begins left of the page', { x: -60 }),
  );
  expect(page).toMatchObject({ kind: 'finished', source: 'native' });
  expect(page.kind === 'finished' && textOf(page.blocks)).toContain('left of the page');
});

test('draws gray pictures beside other things in their own gray', async () => {
  const gray = sharp({ create: { width: 90, height: 60, channels: 3, background: '#646464' } });
  const jpeg = await gray.toColourspace('b-w').jpeg().toBuffer();
  const page = await look(async (page, _, document) => {
    const picture = await document.embedJpg(jpeg);
    page.drawImage(picture, { x: 50, y: 50, width: 400, height: 300 });
    page.drawRectangle({ x: 50, y: 500, width: 400, height: 100, color: rgb(0, 0, 0) });
  }, 'force');
  if (page.kind !== 'drawn') throw new Error('it was not drawn');
  // That pdf.js has drawn it, not PDFium in its place.
  expect(page.warnings).toEqual([]);
  const { data, width, height } = page.raster.gray;
  const at = Math.round((1 - 200 / SIZE[1]) * height) * width + Math.round((250 / SIZE[0]) * width);
  expect(Math.abs((data[at] as number) - 100)).toBeLessThanOrEqual(1);
});
