import { expect, test } from 'vitest';
import type { Box, Layout, Word } from '#server/pages/layout.ts';
import { cutAround, hitBoxes } from './hit-boxes.ts';

const word = (text: string, box: Box): Word => ({ text, box, confidence: 90, provenance: 'ocr' });
const box: Box = [0, 0, 1000, 1200];
const words = [
  word('Terms/Conditions,', [10, 500, 200, 520]),
  word('leases', [210, 500, 280, 520]),
  word('released', [300, 500, 380, 520]),
];
const layout = {
  width: 1000,
  height: 1200,
  blocks: [{ kind: 'text', box, lines: [{ box, baseline: null, words }] }],
} as unknown as Layout;

test('finds the words of a hit whatever stands around them, and no longer ones', () => {
  expect(hitBoxes(layout, ['leases', 'CONDITIONS'])).toEqual([words[0]?.box, words[1]?.box]);
  expect(hitBoxes(layout, [''])).toEqual([]);
});

test('cuts the page around the first hit, within its edges', () => {
  const [x0, y0, x1, y1] = cutAround(layout, [[490, 500, 510, 520]]);
  expect([x0, x1, (y0 + y1) / 2]).toEqual([200, 800, 510]);
  expect(cutAround(layout, [[0, 5, 20, 25]]).slice(0, 2)).toEqual([0, 0]);
  expect(cutAround(layout, [[0, 0, 1000, 300]])[2]).toBe(1000);
});
