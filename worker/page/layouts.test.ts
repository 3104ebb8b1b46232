import { expect, test } from 'vitest';
import { LIMITS, PAGE_OPTIONS } from '#fixtures/page-pool.ts';
import type { Block, Box } from '#server/pages/layout.ts';
import { createNullEngine } from '#worker/ocr/null.ts';
import type { PreparedReading } from '#worker/prepare/read.ts';
import { readLayout } from './layouts.ts';
import type { DrawnPage } from './prepared.ts';
import type { RecognizeTask } from './protocol.ts';

const task: RecognizeTask = {
  kind: 'recognize',
  source: { path: 'page.png', type: 'image/png' },
  limits: LIMITS,
  page: 1,
  languages: ['eng'],
  options: PAGE_OPTIONS,
};

function block(text: string, box: Box): Block {
  const words = [{ text, box, confidence: 90, provenance: 'ocr' as const }];
  return { kind: 'text', box, lines: [{ box, baseline: null, words }] };
}

test('keeps the order of what was read where the page has no text of its own', () => {
  const blocks = [
    block('title', [300, 0, 700, 20]),
    block('left', [0, 40, 480, 900]),
    block('right', [520, 40, 1000, 800]),
    block('number', [470, 950, 530, 970]),
  ];
  const raster = { data: new Uint8Array(0), width: 1000, height: 1000, dpi: 100 };
  const upright = { rotation: 0, skew: 0, preparation: [], languages: ['eng'] } as const;
  const reading = { blocks, raster, ...upright } as unknown as PreparedReading;
  const page = { kind: 'drawn', native: [], reason: '', warnings: [] } as unknown as DrawnPage;
  const layout = readLayout(task, page, reading, createNullEngine({ milliseconds: 0 }));
  expect(layout.blocks).toEqual(blocks);
});
