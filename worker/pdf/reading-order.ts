import type { Block, Box, Line, Word } from '#server/pages/layout.ts';
import { union } from '#worker/page/boxes.ts';

/** Words that follow each other on one line without a wide gap. */
export interface Segment {
  words: Word[];
  box: Box;
  baseline: Box;
  /** Of its letters, pixels. */
  height: number;
}

/** A gutter between columns is at least this wide, in heights of a line. */
const GUTTER = 1;
/** Lines further apart than this share of their height begin a new block. */
const PARAGRAPH_GAP = 0.6;
/** A column has at least this many lines, of this many words in the middle: else it is a table. */
const COLUMN_LINES = 4;
const COLUMN_WORDS = 3;

/** No page of a reader's has as many cuts within each other. */
const MAX_DEPTH = 200;

/** Orders segments by cutting the page along its gutters and gaps, again and again. */
export function toReadingOrder(segments: Segment[], depth = 0): Block[] {
  if (segments.length === 0) return [];
  const parts = depth < MAX_DEPTH ? (cutColumns(segments) ?? cutAtWidestGap(segments)) : null;
  if (!parts) return [toBlock(segments)];
  return parts.flatMap((part) => toReadingOrder(part, depth + 1));
}

function cutColumns(segments: Segment[]): Segment[][] | null {
  const gap = gaps(segments, 0).filter(({ size }) => size > GUTTER * medianHeight(segments));
  for (const { at } of gap.sort((one, other) => other.size - one.size)) {
    const left = segments.filter((segment) => segment.box[2] <= at);
    const right = segments.filter((segment) => segment.box[2] > at);
    if (isColumn(left) && isColumn(right)) return [left, right];
  }
  return null;
}

function isColumn(segments: Segment[]): boolean {
  const counts = segments.map((segment) => segment.words.length).sort((one, other) => one - other);
  return counts.length >= COLUMN_LINES && (counts[counts.length >> 1] ?? 0) >= COLUMN_WORDS;
}

function cutAtWidestGap(segments: Segment[]): Segment[][] | null {
  const [widest] = gaps(segments, 1).sort((one, other) => other.size - one.size);
  if (!widest || widest.size < PARAGRAPH_GAP * medianHeight(segments)) return null;
  const above = segments.filter((segment) => segment.box[3] <= widest.at);
  return [above, segments.filter((segment) => segment.box[3] > widest.at)];
}

/** Empty stretches along an axis: where each one begins, and its size. */
function gaps(segments: Segment[], axis: 0 | 1): { at: number; size: number }[] {
  const sorted = segments.map(({ box }) => [box[axis], box[axis + 2] as number] as const);
  sorted.sort((one, other) => one[0] - other[0]);
  const found: { at: number; size: number }[] = [];
  let end = sorted[0]?.[1] ?? 0;
  for (const [from, to] of sorted) {
    if (from > end) found.push({ at: end, size: from - end });
    end = Math.max(end, to);
  }
  return found;
}

function medianHeight(segments: Segment[]): number {
  const heights = segments.map((segment) => segment.height).sort((one, other) => one - other);
  return heights[heights.length >> 1] ?? 0;
}

function toBlock(segments: Segment[]): Block {
  const lines = joinLines(segments).map(toLine);
  return { kind: 'text', box: lines.map((line) => line.box).reduce(union), lines };
}

/** Segments of one height on the page are one line, from left to right. */
function joinLines(segments: Segment[]): Segment[][] {
  const sorted = [...segments].sort((one, other) => middle(one) - middle(other));
  const lines: Segment[][] = [];
  for (const segment of sorted) {
    const line = lines.at(-1);
    const first = line?.[0];
    const near =
      first &&
      Math.abs(middle(segment) - middle(first)) < 0.4 * Math.min(segment.height, first.height);
    if (line && near && !line.some((other) => coversSameStretch(other, segment)))
      line.push(segment);
    else lines.push([segment]);
  }
  return lines.map((line) => line.sort((one, other) => one.box[0] - other.box[0]));
}

function middle({ box }: Segment): number {
  return (box[1] + box[3]) / 2;
}

function coversSameStretch(one: Segment, other: Segment): boolean {
  return Math.min(one.box[2], other.box[2]) - Math.max(one.box[0], other.box[0]) > 0.5 * one.height;
}

function toLine(segments: Segment[]): Line {
  const [first] = segments as [Segment];
  const last = segments.at(-1) as Segment;
  return {
    box: segments.map((segment) => segment.box).reduce(union),
    baseline: [first.baseline[0], first.baseline[1], last.baseline[2], last.baseline[3]],
    words: segments.flatMap((segment) => segment.words),
  };
}
