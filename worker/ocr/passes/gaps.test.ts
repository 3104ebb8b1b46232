import { expect, test } from 'vitest';
import { Sheet } from '#fixtures/accuracy/sheet.ts';
import type { Block, Word } from '#server/pages/layout.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import type { Engine, RecognizeOptions } from '../engine.ts';
import { cleanRaster } from './clean.ts';
import { fillGaps } from './index.ts';
import { composeStrip } from './strip.ts';
import { findUncovered } from './uncovered.ts';

const DPI = 200;
const page = new Sheet({ width: 300, height: 200, dpi: DPI });
page.block('text');
page.text(20, 40, 'Read', { family: 'Sans', size: 12 });
page.text(200, 40, 'Missed', { family: 'Sans', size: 12 });
page.text(20, 120, 'Tiny', { family: 'Sans', size: 6 });
const [read, missed, tiny] = page.blocks[0]?.words.map(({ box }) => box) ?? [];
const clean = cleanRaster(rasterOf(page));

function rasterOf({ canvas, dpi }: Sheet): GrayRaster {
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  const gray = Uint8Array.from({ length: width * height }, (_, at) => data[4 * at] as number);
  return { data: gray, width, height, dpi };
}

const word = (text: string, box: Word['box'], confidence: number): Word => ({
  ...{ text, box, confidence },
  provenance: 'ocr',
});
const blockOf = (...words: Word[]): Block => {
  const box = words[0]?.box ?? [0, 0, 1, 1];
  return { kind: 'text', box, lines: [{ box, baseline: null, words }] };
};
const OPTIONS: RecognizeOptions = { languages: ['eng'], segmentation: 'auto' };

/** An engine that reads one word in the middle of its first line. */
function engineThatReads(answer: Word | null): Engine & { calls: number } {
  const engine = {
    ...{ name: 'test', version: '1', calls: 0 },
    async recognize() {
      engine.calls++;
      return { blocks: answer ? [blockOf(answer)] : [] };
    },
    findTurn: async () => null,
    close: async () => {},
  };
  return engine;
}

test('finds the ink that no word accounts for', () => {
  const found = findUncovered(clean.ink, [word('Read', read as Word['box'], 95)], DPI);
  expect(found).toHaveLength(2);
  const boxes = found.map(({ box }) => box).sort((one, other) => one[1] - other[1]);
  expect(Math.abs((boxes[0]?.[0] ?? 0) - (missed?.[0] ?? 0))).toBeLessThan(3);
});

test('places words of the strip where they stand on the page', async () => {
  const [large, small] = findUncovered(
    clean.ink,
    [word('Read', read as Word['box'], 95)],
    DPI,
  ).sort((one, other) => one.box[1] - other.box[1]);
  if (!large || !small || !tiny) throw new Error('nothing found');
  const strip = await composeStrip(clean.raster, [large, small], clean.paper);
  const { data, width, height } = strip.raster;
  const dark = (y: number) =>
    data.subarray(y * width, (y + 1) * width).some((level) => level < 100);
  const rows = Array.from({ length: height }, (_, y) => y).filter(dark);
  const second = rows.findIndex((y, index) => index > 0 && y - (rows[index - 1] as number) > 10);
  const located = strip.locate([30, rows[second] as number, 60, rows.at(-1) as number]);
  expect(located.fragment).toBe(1);
  expect(Math.abs(located.box[1] - tiny[1])).toBeLessThan(3);
  expect(Math.abs(located.box[3] - tiny[3])).toBeLessThan(3);
});

test('does not read again where everything was read', async () => {
  const all = [read, missed, tiny].map((box) => word('x', box as Word['box'], 95));
  const engine = engineThatReads(null);
  await fillGaps(clean, [blockOf(...all)], engine, OPTIONS, 55);
  expect(engine.calls).toBe(0);
});

test('adds what was found, and keeps the surer of two readings', async () => {
  const known = [
    blockOf(word('Read', read as Word['box'], 95)),
    blockOf(word('Mi5sed', missed as Word['box'], 40)),
    blockOf(word('Tiny', tiny as Word['box'], 90)),
  ];
  const texts = async (confidence: number) => {
    const engine = engineThatReads(word('Missed', [30, 35, 150, 70], confidence));
    const blocks = await fillGaps(clean, known, engine, OPTIONS, 55);
    return blocks.flatMap((block) => block.lines.flatMap((line) => line.words.map((w) => w.text)));
  };
  expect((await texts(90)).sort()).toEqual(['Missed', 'Read', 'Tiny']);
  expect((await texts(36)).sort()).toEqual(['Mi5sed', 'Read', 'Tiny']);
});

test('drops what rows of dots are read as, and keeps flat words that are sure', async () => {
  const everything = [read, missed, tiny].map((box) => word('x', box as Word['box'], 95));
  const dots = word('eee', [200, 150, 266, 156], 48);
  const rule = word('—a—', [20, 150, 100, 158], 90);
  const blocks = [...everything, dots, rule].map((each) => blockOf(each));
  const filled = await fillGaps(clean, blocks, engineThatReads(null), OPTIONS, 55);
  const texts = filled.flatMap(({ lines }) =>
    lines.flatMap(({ words }) => words.map((w) => w.text)),
  );
  expect(texts).toContain('—a—');
  expect(texts).not.toContain('eee');
});
