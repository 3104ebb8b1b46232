import { expect, test } from 'vitest';
import { compose, IDENTITY, inverse, mapBlocks, mapBox, turning } from './affine.ts';

test.each([0, 90, 180, 270] as const)('turns the corner of a page by %i and back', (turn) => {
  const map = turning(turn, 200, 300);
  const corner = { 0: [0, 0], 90: [300, 0], 180: [200, 300], 270: [0, 200] }[turn];
  const [x, y] = mapBox(map, [0, 0, 0, 0]);
  expect([x + 0, y + 0]).toEqual(corner);
  compose(map, inverse(map)).forEach((value, index) => {
    expect(value).toBeCloseTo(IDENTITY[index] as number);
  });
});

test('maps boxes, baselines and cells of a table', () => {
  const word = {
    text: 'a',
    box: [1, 2, 3, 4] as const,
    confidence: 90,
    provenance: 'ocr' as const,
  };
  const box: [number, number, number, number] = [0, 0, 10, 20];
  const line = { box, baseline: [0, 18, 10, 19] as typeof box, words: [{ ...word, box }] };
  const cell = { row: 0, column: 0, rowSpan: 1, columnSpan: 1, box, lines: [0] };
  const table = { rows: 1, columns: 1, cells: [cell] };
  const [block] = mapBlocks([{ kind: 'table', box, lines: [line], table }], [0, 2, -2, 0, 100, 0]);
  const mapped = [60, 0, 100, 20];
  expect(block).toMatchObject({
    box: mapped,
    lines: [{ box: mapped, baseline: [64, 0, 62, 20], words: [{ box: mapped }] }],
    table: { cells: [{ box: mapped, lines: [0] }] },
  });
});
