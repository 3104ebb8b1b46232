import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildLayout, type LayoutSpec } from '#fixtures/layouts.ts';
import type { Box, Layout } from '#server/pages/layout.ts';
import { pdfjsRenderer } from '#worker/pdf/pdfjs-renderer.ts';
import {
  A4,
  buildSheets,
  DPI,
  expectedWords,
  graft,
  inGraftFolder,
  lines,
  type Opened,
  pageOf,
  type Sheet,
} from './testing/graft.ts';
import { hasProgram } from './testing/programs.ts';

const run = promisify(execFile);
/** Points by which a word may miss its box. */
const TOLERANCE = 2;

inGraftFolder();

const SHEETS: [name: string, sheet: Sheet, rotation?: Layout['rotation'], skew?: number][] = [
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
  ['a page whose content lies askew by 5°', {}, 0, 5],
  ['a page whose content lies askew by -3° on /Rotate 90', { rotate: 90 }, 0, -3],
  ['a scan that was turned by 270 on a page with /Rotate 90', { rotate: 90 }, 270],
];

describe.each(SHEETS)('%s', (name, sheet, rotation = 0, skew = 0) => {
  let file: Opened;
  let layout: Layout;
  beforeAll(async () => {
    const bytes = await buildSheets([sheet]);
    const [, , w, h] = sheet.crop ?? sheet.media ?? A4;
    const sideways = ((sheet.rotate ?? 0) + rotation) % 180 !== 0;
    const scale = ((sheet.userUnit ?? 1) * DPI) / 72;
    const [width, height] = (sideways ? [h, w] : [w, h]).map((side) => Math.round(side * scale));
    const size = { width: width as number, height: height as number };
    layout = buildLayout({
      ...size,
      dpi: DPI,
      rotation,
      lines: skew ? askew(skew) : lines(size.width),
    });
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
      // A space at the end of an item belongs to no box.
      const isWhole = !item.str.endsWith(' ');
      const points = [[x, y] as const, ...(isWhole ? [end] : [])].map(([px, py]) => [
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
      if (!isWhole) continue;
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
    const before = await pdfjsRenderer(await pageOf(file.source)).render(50);
    const after = await pdfjsRenderer(await pageOf(file.output)).render(50);
    expect(Buffer.compare(Buffer.from(before.gray.data), Buffer.from(after.gray.data))).toBe(0);
    const [old, made] = await Promise.all(
      [file.source, file.output].map(({ path }) => readFile(path)),
    );
    expect(made?.subarray(0, old?.length).equals(old as Buffer)).toBe(true);
  });
});

/** Two lines of words that slope by so many degrees, in upright boxes around each word. */
function askew(degrees: number): LayoutSpec['lines'] {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const at = (x: number, y: number) => [150 + x * cos - y * sin, 250 + x * sin + y * cos] as const;
  return [0, 80].map((top) => {
    const words = ['Lying', 'aslant', 'words'].map((text, index): [string, Box] => {
      const corners = [
        ...[at(index * 130, top - 24), at(index * 130 + 110, top - 24)],
        ...[at(index * 130, top), at(index * 130 + 110, top)],
      ];
      const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
      const box: Box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
      return [`${text}${top}`, box];
    });
    return { words, baseline: [...at(0, top), ...at(370, top)] };
  });
}

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
