import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { degrees, PDFDocument, PDFName, rgb, StandardFonts } from '@cantoo/pdf-lib';
import { afterAll, beforeAll } from 'vitest';
import { buildLayout, type LayoutSpec } from '#fixtures/layouts.ts';
import { LIMITS } from '#fixtures/page-pool.ts';
import type { Box, Layout } from '#server/pages/layout.ts';
import type { OutputPage } from '#worker/outputs/pages.ts';
import { closeDocument, openDocument } from '#worker/pdf/document.ts';
import { graftText } from '../index.ts';

export const A4: Box = [0, 0, 595, 842];
export const DPI = 150;

let folder: string;

/** A folder for the files of a test file; gone after it. */
export function inGraftFolder(): void {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fanfold-graft-'));
  });
  afterAll(async () => {
    await closeDocument();
    await rm(folder, { recursive: true, force: true });
  });
}

export interface Sheet {
  /** Of the page, points: x, y, width, height. */
  media?: Box;
  crop?: Box;
  rotate?: number;
  userUnit?: number;
}

export async function buildSheets(sheets: Sheet[], options = {}): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (const { media = A4, crop, rotate = 0, userUnit } of sheets) {
    const page = document.addPage();
    page.setMediaBox(...media);
    if (crop) page.setCropBox(...crop);
    page.setRotation(degrees(rotate));
    if (userUnit) page.node.set(PDFName.of('UserUnit'), document.context.obj(userUnit));
    const [x, y] = media;
    page.drawRectangle({
      x: x + 60,
      y: y + 90,
      width: 200,
      height: 120,
      color: rgb(0.2, 0.4, 0.8),
    });
    page.drawText('Ink', { x: x + 80, y: y + 400, size: 30, font });
  }
  return document.save(options);
}

export async function graft(
  bytes: Uint8Array,
  pages: OutputPage[],
  name = 'file',
  password?: string,
) {
  const source = { path: join(folder, `${name}.pdf`), type: 'application/pdf' as const, password };
  const output = join(folder, `${name}-out.pdf`);
  const list = join(folder, `${name}.ndjson`);
  await writeFile(source.path, bytes);
  await writeFile(list, pages.map((page) => `${JSON.stringify(page)}\n`).join(''));
  const result = await graftText({ kind: 'graft', source, limits: LIMITS, pages: list, output });
  return { ...result, source, output: { ...source, path: output } };
}

export type Opened = Awaited<ReturnType<typeof graft>>;

export async function pageOf(file: Opened['output'], number = 1) {
  return (await openDocument(file, LIMITS)).getPage(number);
}

/** Words of three lines: one with gaps, one that slopes, one with a wide gap. */
export function lines(width: number): LayoutSpec['lines'] {
  return [
    {
      words: [
        ['Quick', [100, 100, 190, 130]],
        ['jumps', [202, 100, 300, 136]],
        ['over', [312, 108, 380, 130]],
      ],
      baseline: [100, 130, 380, 130],
    },
    {
      words: [
        ['sloping', [100, 210, 220, 246]],
        ['words', [240, 216, 340, 248]],
        ['here', [360, 221, 440, 252]],
      ],
      baseline: [100, 236, 440, 247],
    },
    {
      words: [
        ['left', [100, 300, 160, 330]],
        ['right', [width - 200, 300, width - 120, 330]],
      ],
    },
  ];
}

/** Where a box is on the page as displayed, points from its top left corner. */
function displayed([x0, y0, x1, y1]: Box, { rotation, width, height, dpi }: Layout): Box {
  const turned: Record<Layout['rotation'], Box> = {
    0: [x0, y0, x1, y1],
    90: [y0, width - x1, y1, width - x0],
    180: [width - x1, height - y1, width - x0, height - y0],
    270: [height - y1, x0, height - y0, x1],
  };
  return turned[rotation].map((pixels) => (pixels * 72) / dpi) as Box;
}

export function expectedWords(layout: Layout): { text: string; box: Box }[] {
  return layout.blocks.flatMap((block) =>
    block.lines.flatMap((line) =>
      line.words.map(({ text, box }) => ({ text, box: displayed(box, layout) })),
    ),
  );
}

export async function textOf(file: Opened['output'], number = 1): Promise<string> {
  const { items } = await (await pageOf(file, number)).getTextContent();
  return items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
}

export function oneLine(...words: string[]): Layout {
  const place = (index: number): Box => [100 + index * 120, 100, 200 + index * 120, 130];
  return buildLayout({ lines: [{ words: words.map((text, index) => [text, place(index)]) }] });
}
