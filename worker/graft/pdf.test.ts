import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { degrees, PDFDocument, PDFName, rgb, StandardFonts } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildLayout, type LayoutSpec } from '#fixtures/layouts.ts';
import { LIMITS } from '#fixtures/page-pool.ts';
import type { Box, Layout } from '#server/pages/layout.ts';
import type { OutputPage } from '#worker/outputs/pages.ts';
import { closeDocument, openDocument } from '#worker/pdf/document.ts';
import { renderPage } from '#worker/pdf/render.ts';
import { graftText } from './index.ts';
import { hasProgram } from './testing/programs.ts';

const run = promisify(execFile);
const A4: Box = [0, 0, 595, 842];
const DPI = 150;
/** Points by which a word may miss its box. */
const TOLERANCE = 2;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fanfold-graft-'));
});
afterAll(async () => {
  await closeDocument();
  await rm(folder, { recursive: true, force: true });
});

interface Sheet {
  /** Of the page, points: x, y, width, height. */
  media?: Box;
  crop?: Box;
  rotate?: number;
  userUnit?: number;
}

async function buildSheets(sheets: Sheet[], options = {}): Promise<Uint8Array> {
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

async function graft(bytes: Uint8Array, pages: OutputPage[], name = 'file') {
  const source = { path: join(folder, `${name}.pdf`), type: 'application/pdf' as const };
  const output = join(folder, `${name}-out.pdf`);
  const list = join(folder, `${name}.ndjson`);
  await writeFile(source.path, bytes);
  await writeFile(list, pages.map((page) => `${JSON.stringify(page)}\n`).join(''));
  const result = await graftText({ kind: 'graft', source, limits: LIMITS, pages: list, output });
  return { ...result, source, output: { ...source, path: output } };
}

type Opened = Awaited<ReturnType<typeof graft>>;

async function pageOf(file: Opened['output'], number = 1) {
  return (await openDocument(file, LIMITS)).getPage(number);
}

/** Words of three lines: one with gaps, one that slopes, one with a wide gap. */
function lines(width: number): LayoutSpec['lines'] {
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

function expectedWords(layout: Layout): { text: string; box: Box }[] {
  return layout.blocks.flatMap((block) =>
    block.lines.flatMap((line) =>
      line.words.map(({ text, box }) => ({ text, box: displayed(box, layout) })),
    ),
  );
}

const SHEETS: [name: string, sheet: Sheet, rotation?: Layout['rotation']][] = [
  ['a plain page', {}],
  ['a page with /Rotate 90', { rotate: 90 }],
  ['a page with /Rotate 180', { rotate: 180 }],
  ['a page with /Rotate 270', { rotate: 270 }],
  ['a cropped page', { crop: [40, 60, 500, 700] }],
  ['a cropped page with /Rotate 90', { crop: [40, 60, 500, 700], rotate: 90 }],
  ['a page with a negative origin', { media: [-300, -200, 595, 842] }],
  ['a page with UserUnit 2', { media: [0, 0, 300, 420], userUnit: 2 }],
  ['a scan that was turned by 90', {}, 90],
  ['a scan that was turned by 180', {}, 180],
  ['a scan that was turned by 270 on a page with /Rotate 90', { rotate: 90 }, 270],
];

describe.each(SHEETS)('%s', (name, sheet, rotation = 0) => {
  let file: Opened;
  let layout: Layout;
  beforeAll(async () => {
    const bytes = await buildSheets([sheet]);
    const [, , w, h] = sheet.crop ?? sheet.media ?? A4;
    const sideways = ((sheet.rotate ?? 0) + rotation) % 180 !== 0;
    const scale = ((sheet.userUnit ?? 1) * DPI) / 72;
    const [width, height] = (sideways ? [h, w] : [w, h]).map((side) => Math.round(side * scale));
    const size = { width: width as number, height: height as number };
    layout = buildLayout({ ...size, dpi: DPI, rotation, lines: lines(size.width) });
    file = await graft(bytes, [{ number: 1, layout }], name.replace(/\W/g, '-'));
  });

  test('has each word in its place and in order, as pdf.js sees it', async () => {
    const proxy = await pageOf(file.output);
    const { transform } = proxy.getViewport({ scale: 1 });
    const [a, b, c, d, e, f] = transform as [number, number, number, number, number, number];
    const { items } = await proxy.getTextContent();
    const expected = expectedWords(layout);
    let at = 0;
    for (const item of items) {
      if (!('str' in item) || item.str.trim() === '' || item.str === 'Ink') continue;
      const words = item.str.trim().split(' ');
      const own = expected.slice(at, at + words.length);
      expect(words).toEqual(own.map(({ text }) => text));
      at += words.length;
      const [ix, iy, , , x, y] = item.transform as [number, number, number, number, number, number];
      const size = Math.hypot(ix, iy);
      const end = [x + (ix / size) * item.width, y + (iy / size) * item.width] as const;
      const points = [[x, y] as const, end].map(([px, py]) => [
        a * px + c * py + e,
        b * px + d * py + f,
      ]);
      const area = own.map(({ box }) => box).reduce(union);
      for (const [px = 0, py = 0] of points) {
        expect(px).toBeGreaterThan(area[0] - TOLERANCE);
        expect(px).toBeLessThan(area[2] + TOLERANCE);
        expect(py).toBeGreaterThan(area[1] - TOLERANCE);
        expect(py).toBeLessThan(area[3] + TOLERANCE);
      }
      const [[x0 = 0, y0 = 0] = [], [x1 = 0, y1 = 0] = []] = points;
      const long = Math.max(area[2] - area[0], area[3] - area[1]);
      expect(Math.abs(Math.hypot(x1 - x0, y1 - y0) - long)).toBeLessThan(TOLERANCE);
    }
    expect(at).toBe(expected.length);
  });

  test.skipIf(!hasProgram('pdftotext'))(
    'has each word in its place, as poppler sees it',
    async () => {
      const { stdout } = await run('pdftotext', ['-bbox', '-cropbox', file.output.path, '-']);
      const unit = sheet.userUnit ?? 1;
      const found = [
        ...stdout.matchAll(/xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</g),
      ];
      for (const { text, box } of expectedWords(layout)) {
        const word = found.find((match) => match[5] === text);
        const place = word?.slice(1, 5).map((value) => Number(value) * unit) ?? [];
        expectPlace(place, box, rotation % 180 !== 0, text);
      }
    },
  );

  test.skipIf(!hasProgram('qpdf'))('is a sound file, as qpdf sees it', async () => {
    const { stdout } = await run('qpdf', ['--check', file.output.path]);
    expect(stdout).toContain('No syntax or stream encoding errors');
  });

  test('looks as it did, and starts with the bytes of the original', async () => {
    const before = await renderPage(await pageOf(file.source), 50);
    const after = await renderPage(await pageOf(file.output), 50);
    expect(Buffer.compare(Buffer.from(before.gray.data), Buffer.from(after.gray.data))).toBe(0);
    const [old, made] = await Promise.all(
      [file.source, file.output].map(({ path }) => readFile(path)),
    );
    expect(made?.subarray(0, old?.length).equals(old as Buffer)).toBe(true);
  });
});

/** Along the line the edges count; across it a font reaches further than letters without ascenders. */
function expectPlace(place: number[], box: Box, upended: boolean, text: string): void {
  const [along, across] = upended
    ? [
        [1, 3],
        [0, 2],
      ]
    : [
        [0, 2],
        [1, 3],
      ];
  for (const side of along as number[]) {
    const off = Math.abs((place[side] ?? Number.NaN) - (box[side] as number));
    expect(off, `${text} along the line`).toBeLessThan(TOLERANCE);
  }
  const [low, high] = across as [number, number];
  const middle = (values: ArrayLike<number>) =>
    ((values[low] as number) + (values[high] as number)) / 2;
  expect(Math.abs(middle(place) - middle(box)), `${text} across it`).toBeLessThan(2 * TOLERANCE);
}

function union(one: Box, other: Box): Box {
  return [
    Math.min(one[0], other[0]),
    Math.min(one[1], other[1]),
    Math.max(one[2], other[2]),
    Math.max(one[3], other[3]),
  ];
}

async function textOf(file: Opened['output'], number = 1): Promise<string> {
  const { items } = await (await pageOf(file, number)).getTextContent();
  return items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
}

function oneLine(...words: string[]): Layout {
  const place = (index: number): Box => [100 + index * 120, 100, 200 + index * 120, 130];
  return buildLayout({ lines: [{ words: words.map((text, index) => [text, place(index)]) }] });
}

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
    const file = await graft(await document.save(), [{ number: 1, layout: oneLine('one') }]);
    expect(file.warnings).toEqual([expect.stringContaining('The file is signed.')]);
  });

  test('is refused where it would take the protection of the file away', async () => {
    const document = await PDFDocument.load(await buildSheets([{}]));
    document.encrypt({ userPassword: '', ownerPassword: 'secret' });
    const bytes = await document.save();
    await expect(graft(bytes, [{ number: 1, layout: oneLine('one') }])).rejects.toMatchObject({
      code: 'UNSUPPORTED_ENCRYPTION',
    });
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
