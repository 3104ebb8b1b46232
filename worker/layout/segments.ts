import type { Box, Line, Word } from '#server/pages/layout.ts';
import { union } from '#worker/page/boxes.ts';

/** Words that follow each other on one line without a wide gap. */
export interface Segment {
  words: Word[];
  box: Box;
  baseline: Box | null;
  /** Of the line that it is part of, pixels. */
  height: number;
}

/** A gap this wide, in heights of the line, is no space between two words. */
const WIDE_GAP = 1.3;

/** The segments of a line; `rulesBetween` says whether a rule stands between two places of it. */
export function splitLine(line: Line, isParted: (one: Box, other: Box) => boolean): Segment[] {
  const height = usualHeight(line);
  const parts: Word[][] = [];
  for (const word of line.words) {
    const last = parts.at(-1)?.at(-1);
    const apart =
      last && (word.box[0] - last.box[2] > WIDE_GAP * height || isParted(last.box, word.box));
    if (!last || apart) parts.push([word]);
    else parts.at(-1)?.push(word);
  }
  return parts.map((words) => ({
    words,
    box: words.map((word) => word.box).reduce(union),
    baseline: line.baseline,
    height,
  }));
}

export function toLine({ words, box, baseline }: Segment): Line {
  return {
    words,
    box,
    baseline: baseline && [box[0], heightAt(baseline, box[0]), box[2], heightAt(baseline, box[2])],
  };
}

function heightAt([x0, y0, x1, y1]: Box, x: number): number {
  return x1 === x0 ? y0 : y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}

/** The median of its words, which one of two joined lines cannot pull up. */
export function usualHeight({ words, box }: Line): number {
  const heights = words.map((word) => word.box[3] - word.box[1]).sort((one, other) => one - other);
  return heights[heights.length >> 1] ?? box[3] - box[1];
}

export function middle([, y0, , y1]: Box): number {
  return (y0 + y1) / 2;
}

/** Widths of a line's height from which its baseline tells how the page stands. */
const LONG = 6;

/** Pixels down for each to the right by which lines go: the median of the long ones. */
export function slopeOf(segments: Segment[]): number {
  const slopes = segments.flatMap(({ baseline, height }) => {
    if (!baseline || baseline[2] - baseline[0] < LONG * height) return [];
    return [(baseline[3] - baseline[1]) / (baseline[2] - baseline[0])];
  });
  return slopes.sort((one, other) => one - other)[slopes.length >> 1] ?? 0;
}

/** Segments side by side on lines of this slope, each row from left to right, rows from the top. */
export function toRows<T extends { box: Box }>(parts: T[], slope = 0): T[][] {
  const rows: { items: T[]; y0: number; y1: number }[] = [];
  const level = ([x0, y0, x1, y1]: Box): Box => {
    const drop = (slope * (x0 + x1)) / 2;
    return [x0, y0 - drop, x1, y1 - drop];
  };
  const height = ({ box }: T) => middle(level(box));
  for (const item of [...parts].sort((one, other) => height(one) - height(other))) {
    const row = rows.at(-1);
    const [, y0, , y1] = level(item.box);
    const shared = row ? Math.min(row.y1, y1) - Math.max(row.y0, y0) : 0;
    if (row && shared > 0.5 * Math.min(row.y1 - row.y0, y1 - y0)) row.items.push(item);
    else rows.push({ items: [item], y0, y1 });
  }
  return rows.map(({ items }) => items.sort((one, other) => one.box[0] - other.box[0]));
}

/** Shares of the size of a font by which its letters reach above the line and below it. */
const X_HEIGHT = 0.5;
const CAPITAL = 0.72;
const DESCENT = 0.21;

/**
 * The size of a line's letters, pixels: from the height of its words and what letters they have. The
 * boxes of native text are as high as its font, whatever the letters.
 */
export function fontSize(line: Line): number {
  const [from, to] = isOnItsSide(line) ? ([0, 2] as const) : ([1, 3] as const);
  const sizes = line.words.flatMap(({ text, provenance, box }) => {
    const height = box[to] - box[from];
    if (provenance === 'native') return [height];
    if (!/[\p{L}\p{N}]/u.test(text)) return [];
    const above = /[\p{Lu}\p{N}bdfhijklt]/u.test(text) ? CAPITAL : X_HEIGHT;
    return [height / (above + (/[gjpqyQ,;()]/.test(text) ? DESCENT : 0))];
  });
  sizes.sort((one, other) => one - other);
  return sizes[sizes.length >> 1] ?? line.box[to] - line.box[from];
}

function isOnItsSide({ baseline }: Line): boolean {
  if (!baseline) return false;
  const [x0, y0, x1, y1] = baseline;
  return Math.abs(y1 - y0) > Math.abs(x1 - x0);
}
