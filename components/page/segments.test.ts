import { describe, expect, it } from 'vitest';
import { buildLayout } from '#fixtures/layouts.ts';
import { traceCorrections } from '#server/corrections/apply.ts';
import { confidenceOf, histogramOf, isDoubtful, nextDoubtful, segmentsOf } from './segments.ts';

/** Five words of one line, read with these confidences. */
function segments(...confidences: (number | null)[]) {
  const layout = buildLayout({
    lines: [{ words: confidences.map((_, at) => [`w${at}`, [at * 10, 0, at * 10 + 8, 10]]) }],
  });
  const words = layout.blocks[0]?.lines[0]?.words ?? [];
  for (const [at, confidence] of confidences.entries()) {
    const word = words[at];
    if (word) word.confidence = confidence;
  }
  return segmentsOf(traceCorrections(layout, []));
}

const five = segments(40, 90, 60, null, 70);

describe('nextDoubtful', () => {
  it('goes forth and back over the doubtful words, and round at the ends', () => {
    expect(nextDoubtful(five, 75, null)?.first).toBe(0);
    expect(nextDoubtful(five, 75, 0)?.first).toBe(2);
    expect(nextDoubtful(five, 75, 4)?.first).toBe(0);
    expect(nextDoubtful(five, 75, 2, -1)?.first).toBe(0);
    expect(nextDoubtful(five, 75, 0, -1)?.first).toBe(4);
    expect(nextDoubtful(five, 10, 0)).toBeUndefined();
  });
});

describe('isDoubtful', () => {
  it('is not for text of the file, nor for what somebody has looked at', () => {
    expect(five.map((segment) => isDoubtful(segment, 75))).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
    const [first] = five;
    expect(first && isDoubtful({ ...first, correction: 'id' }, 75)).toBe(false);
    expect(five[3] && confidenceOf(five[3])).toBeNull();
  });
});

describe('histogramOf', () => {
  it('counts recognised words in bins of five points', () => {
    const counts = histogramOf(five);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4);
    expect([counts[8], counts[12], counts[14], counts[18]]).toEqual([1, 1, 1, 1]);
  });
});
