import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestPool, type TestPool } from '#fixtures/page-pool.ts';
import { scannedPdf } from '#fixtures/pdf.ts';
import { FanfoldError } from '#server/errors.ts';
import { layoutText } from '#server/pages/layout.ts';
import type { Answers, SourceFile } from './protocol.ts';

const SLOW = 60_000;
const usage = { promptTokens: 10, completionTokens: 5, cost: 0.1, cached: false };

let pages: TestPool;
let source: SourceFile;
beforeAll(async () => {
  pages = await createTestPool({ visionPixels: 800 });
  const pdf = await scannedPdf({ pages: ['A letter from the sea'] });
  source = await pages.file('scan.pdf', pdf, 'application/pdf');
});
afterAll(() => pages.close());

const run = (transcribe?: Answers['transcribe']) =>
  pages.recognize(source, { engine: 'vision' }, transcribe && { answers: { transcribe } });

test(
  'the worker is asked for the text, the page process knows where it stands',
  async () => {
    const pictures: Uint8Array[] = [];
    const { layout, ...result } = await run(async (jpeg) => {
      pictures.push(jpeg);
      return { text: 'A letter from the lake', model: 'reader-1', usage };
    });
    expect(layoutText(layout)).toBe('A letter from the lake');
    expect(layout.engine).toEqual({ name: 'vision', version: 'reader-1' });
    expect(result.usage).toEqual(usage);
    expect([...(pictures[0]?.subarray(0, 2) ?? [])]).toEqual([0xff, 0xd8]);
    expect(pictures).toHaveLength(1);
    const [x0] = layout.blocks[0]?.lines[0]?.words[0]?.box ?? [0];
    expect(x0 / layout.dpi).toBeCloseTo(56 / 72, 1);
  },
  SLOW,
);

test(
  'a page fails with the code that the model failed with, and the next one is read',
  async () => {
    const refused = run(async () => {
      throw new FanfoldError('VISION_REFUSED', { detail: '401' });
    });
    await expect(refused).rejects.toMatchObject({ code: 'VISION_REFUSED' });
    const { layout } = await run(async () => ({ text: 'Fine', model: 'reader-1', usage }));
    expect(layoutText(layout)).toBe('Fine');
  },
  SLOW,
);

test(
  'without a model there is no such engine',
  async () => {
    await expect(run()).rejects.toMatchObject({ code: 'ENGINE_MISSING' });
  },
  SLOW,
);
