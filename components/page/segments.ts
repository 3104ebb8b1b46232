import type { Segment, TracedLayout, TracedLine } from '#server/corrections/apply.ts';

/** The segments of a page in reading order. */
export function segmentsOf(traced: TracedLayout): Segment[] {
  return traced.blocks.flatMap((lines) => lines.flatMap(({ segments }) => segments));
}

/** The segment that holds this word of the layout, from 0. */
export function segmentAt(traced: TracedLayout, word: number): Segment | undefined {
  return segmentsOf(traced).find(({ first, count }) => word >= first && word < first + count);
}

export function lineOf(traced: TracedLayout, segment: Segment): TracedLine | undefined {
  return traced.blocks
    .flat()
    .find(({ segments }) => segments.some(({ first }) => first === segment.first));
}

/** The lowest confidence of its words, 0–100; null where nothing was recognised. */
export function confidenceOf({ words }: Segment): number | null {
  const known = words.flatMap(({ confidence }) => confidence ?? []);
  return known.length === 0 ? null : Math.min(...known);
}

/** Whether its words are worth a second look and nobody has taken one. */
export function isDoubtful(segment: Segment, threshold: number): boolean {
  if (segment.correction !== null) return false;
  const confidence = confidenceOf(segment);
  return confidence !== null && confidence < threshold;
}

/** The next doubtful segment after `word`, or before it; from the other end where there is none. */
export function nextDoubtful(
  segments: Segment[],
  threshold: number,
  word: number | null,
  step: 1 | -1 = 1,
): Segment | undefined {
  const doubtful = segments.filter((segment) => isDoubtful(segment, threshold));
  if (step === 1) return doubtful.find(({ first }) => word === null || first > word) ?? doubtful[0];
  return doubtful.findLast(({ first }) => word !== null && first < word) ?? doubtful.at(-1);
}

/** How many recognised words there are in each bin of 5 points of confidence, from 0 up. */
export function histogramOf(segments: Segment[]): number[] {
  const counts = new Array<number>(20).fill(0);
  for (const { confidence } of segments.flatMap(({ words }) => words)) {
    if (confidence === null) continue;
    const bin = Math.min(19, Math.floor(confidence / 5));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}
