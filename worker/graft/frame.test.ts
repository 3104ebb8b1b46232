import { expect, test } from 'vitest';
import type { Box, Line } from '#server/pages/layout.ts';
import { frameOf } from './frame.ts';
import { FONT } from './glyphless-font.ts';
import { visualOrder } from './visual-order.ts';

/** A line that rises at this angle through words of a length and height, in their upright boxes. */
function slopingLine(degrees: number, lengths: number[], height: number, gap: number): Line {
  const angle = (degrees * Math.PI) / 180;
  const [ux, uy] = [Math.cos(angle), -Math.sin(angle)];
  const at = (along: number, above: number) => [
    500 + along * ux + above * uy,
    500 + along * uy - above * ux,
  ];
  let from = 0;
  const words = lengths.map((length) => {
    const corners = [0, length].flatMap((along) => [0, height].map((up) => at(from + along, up)));
    from += length + gap;
    const [xs, ys] = [0, 1].map((axis) => corners.map((corner) => corner[axis] as number));
    const box = [
      Math.min(...(xs as number[])),
      Math.min(...(ys as number[])),
      Math.max(...(xs as number[])),
      Math.max(...(ys as number[])),
    ] as Box;
    return { text: 'word', box, confidence: 90, provenance: 'ocr' as const };
  });
  const end = at(from - gap, 0) as [number, number];
  return { box: words[0]?.box as Box, baseline: [500, 500, ...end], words };
}

test.each([20, -20, 70, 90, -90, 160])(
  'a line at %i° gives its words back as they lie on it',
  (degrees) => {
    const { origin, direction, words, size } = frameOf(slopingLine(degrees, [80, 120], 20, 10));
    expect(origin).toEqual([500, 500]);
    expect((Math.atan2(-direction[1], direction[0]) * 180) / Math.PI).toBeCloseTo(degrees, 3);
    expect(words.map(({ start }) => Math.round(start) + 0)).toEqual([0, 90]);
    expect(words.map(({ end }) => Math.round(end))).toEqual([80, 210]);
    expect(size).toBeCloseTo((20 * 1000) / FONT.ascent, 3);
  },
);

test('a line that rises a little is level words that rise', () => {
  const { direction, words } = frameOf(slopingLine(2, [80, 120], 20, 10));
  expect(direction).toEqual([1, 0]);
  const slope = Math.tan((2 * Math.PI) / 180);
  expect(words[0]?.rise).toBeCloseTo(40 * slope, 0);
  expect(words[1]?.rise).toBeCloseTo(150 * slope, 0);
});

test('a baseline that the words do not stand on is left aside', () => {
  const box: Box = [100, 100, 200, 130];
  const words = [{ text: 'word', box, confidence: 90, provenance: 'ocr' as const }];
  for (const baseline of [null, [100, 20, 200, 20] as Box, [100, 130, 100, 130] as Box]) {
    const { origin, size } = frameOf({ box, baseline, words });
    expect(size).toBe(30);
    expect(origin[1] - (size * FONT.ascent) / 1000).toBeCloseTo(100, 5);
  }
});

test('text from right to left is turned around, numbers in it keep their direction', () => {
  expect(visualOrder('left 12')).toBe('left 12');
  expect(visualOrder('שלום')).toBe('םולש');
  expect(visualOrder('א12,5')).toBe('12,5א');
  expect(visualOrder('a😀')).toBe('a😀');
});
