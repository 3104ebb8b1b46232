import { expect, test } from 'vitest';
import type { Box, Layout, Word } from '#server/pages/layout.ts';
import { hitBoxes, stripAround } from './hit-boxes.ts';

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

test('shows lines above and below the first hit, within the page', () => {
  expect(stripAround(layout, [[10, 500, 200, 520]])).toEqual([456, 564]);
  expect(stripAround(layout, [[10, 5, 200, 25]])[0]).toBe(0);
});
