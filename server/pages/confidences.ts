import { type Layout, layoutWords } from './layout.ts';

/** Width of a bin, in points of confidence. */
const BIN = 5;
/** The last one is for 100 alone: what is certain, or was looked at by a person. */
export const BINS = 100 / BIN + 1;

/** How many recognised words of the layout there are in each bin of confidence, from 0 up. */
export function countConfidences(layout: Layout): number[] {
  const counts = new Array<number>(BINS).fill(0);
  for (const { confidence } of layoutWords(layout)) {
    if (confidence === null) continue;
    const bin = Math.floor(confidence / BIN);
    counts[bin] = (counts[bin] as number) + 1;
  }
  return counts;
}

/** Words below `threshold`, a multiple of the width of a bin. */
export function countBelow(counts: number[], threshold: number): number {
  return counts.slice(0, threshold / BIN).reduce((sum, count) => sum + count, 0);
}
