import { expect, test, vi } from 'vitest';
import { addBleedThrough, fade } from '#fixtures/degrade.ts';
import { drawPage } from '#fixtures/images.ts';
import { Budget } from '#worker/ocr/budget.ts';
import type { Engine, RecognizeOptions } from '#worker/ocr/engine.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import { prepareRaster } from './index.ts';
import { readPrepared } from './read.ts';

// Whole pages are drawn and measured, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const LINES = Array(24).fill('Now it came to pass in the days when the judges ruled').join('\n');
const front = drawPage(LINES, { dpi: 150 });
const page: GrayRaster = { data: front.gray, width: front.width, height: front.height, dpi: 150 };
const back = { ...drawPage(LINES.toUpperCase(), { dpi: 150 }), data: new Uint8Array() };
const through = addBleedThrough(fade(page, 30, 230), { ...back, data: back.gray }, 0.3);

test('washes out what shines through from the back, and keeps the letters', async () => {
  const washed = await prepareRaster(through, { deskew: false, scale: false, wash: true });
  expect(washed.steps.map(({ step }) => step)).toEqual(['wash']);
  const wrong = page.data.filter((v, at) => v > 128 !== (washed.raster.data[at] as number) > 128);
  expect(wrong.length / page.data.length).toBeLessThan(0.01);
  const pale = washed.raster.data.filter((v, at) => (page.data[at] as number) > 250 && v < 250);
  expect(pale.length / page.data.length).toBeLessThan(0.005);
});

test.each([
  ['keeps the first reading where it is sure', 'balanced', [90], ['']],
  ['keeps the better of two readings where the first is doubtful', 'balanced', [50, 95], ['wash']],
  ['keeps the first of two readings where the second is worse', 'balanced', [50, 20], ['']],
  ['reads once however doubtful, where it must be fast', 'fast', [50], ['']],
  ['reads larger though the first is sure, where it must be best', 'best', [95, 96], ['scale']],
  [
    'tries all where the first is doubtful and it must be best',
    'best',
    [80, 85, 95],
    ['wash,scale'],
  ],
] as const)('%s', async (_, quality, given, [kept]) => {
  const confidences: number[] = [...given];
  const engine = engineWithConfidences(confidences);
  const { preparation } = await readPrepared(through, true, engine, {
    languages: ['eng'],
    segmentation: 'auto',
    rotation: 'auto',
    quality,
    deskew: true,
    dpi: quality === 'best' ? null : 150,
    budget: new Budget(),
  });
  expect(preparation.map(({ step }) => step).join()).toBe(kept);
  expect(confidences).toEqual([]);
});

test('keeps what it has read once the time for second looks is over', async () => {
  const budget = new Budget(50);
  const readings: unknown[] = [];
  const slow: Engine = {
    ...engineWithConfidences([50]),
    async recognize(_, { signal }) {
      readings.push(signal?.aborted ?? 'first');
      if (readings.length === 1) return engineWithConfidences([50]).recognize(page, OPTIONS);
      const { promise, reject } = Promise.withResolvers<never>();
      signal?.addEventListener('abort', () => reject(signal.reason));
      return promise;
    },
  };
  const options = { ...OPTIONS, rotation: 'auto', quality: 'balanced', budget } as const;
  const given = { ...options, languages: ['eng'], deskew: true, dpi: 150 };
  const { blocks } = await readPrepared(through, true, slow, given);
  expect(blocks).toHaveLength(1);
  expect(readings).toEqual(['first', false]);
  expect(budget.exceeded).toBe(true);
});

const OPTIONS: RecognizeOptions = { languages: ['eng'], segmentation: 'auto' };

/** Reads the same text each time, with the next of these confidences. */
function engineWithConfidences(confidences: number[]): Engine {
  const box: [number, number, number, number] = [0, 0, 900, 20];
  return {
    name: 'test',
    wholePagesOnly: true,
    version: '1',
    async recognize() {
      const confidence = confidences.shift() ?? 0;
      const word = { text: 'a'.repeat(200), box, confidence, provenance: 'ocr' as const };
      return { blocks: [{ kind: 'text', box, lines: [{ box, baseline: null, words: [word] }] }] };
    },
    findTurn: async () => null,
    close: async () => {},
  };
}
