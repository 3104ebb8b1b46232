import { type Box, isSpaced, type Line, type Word } from '#server/pages/layout.ts';
import { FONT } from './glyphless-font.ts';
import { runsRightToLeft } from './visual-order.ts';

/** A baseline that rises less than this over its length is level: the rest is noise. */
const LEAST_SLOPE = 0.005;
/**
 * A line that rises no more than this is shown as level words, each at its own height: readers that
 * collect text take the letters of a word that rises for several lines.
 */
const MOST_STEPPED_SLOPE = 0.1;
/** Heights of a line: characters no further apart touch, or the gap would be taken for a space. */
const WIDEST_JOINT = 0.3;
const ASCENT_SHARE = FONT.ascent / (FONT.ascent - FONT.descent);

export type Point = readonly [x: number, y: number];

/** A line of text as it runs over the page, in pixels. */
export interface Frame {
  /** On the baseline. */
  origin: Point;
  /** Along the line, of length 1. */
  direction: Point;
  /** Of the letters. */
  size: number;
  /** As they stand along the line. */
  words: Placed[];
}

/** A word on its line: where it starts and ends along it, and how far it stands above its origin. */
export interface Placed {
  text: string;
  start: number;
  end: number;
  rise: number;
}

interface Baseline {
  origin: Point;
  direction: Point;
  /** Rise by length of a line that is shown level. */
  slope: number;
}

interface Span extends Placed {
  /** Of the word across the line, and of its part above the baseline. */
  height: number;
  above: number;
}

/** How a line runs, from the boxes of its words and its baseline where it has one. */
export function frameOf({ box, baseline, words }: Line): Frame {
  const own = usableBaseline(baseline);
  const base = own ?? levelAt([box[0], box[3]]);
  const spans = words.map((word) => spanOf(word, base));
  const ascent = Math.max(...spans.map((span) => span.above));
  const height = Math.max(...spans.map((span) => span.height));
  const { origin, direction } = base;
  const frame = { direction, words: placed(spans, height) };
  if (own && ascent > height / 3) {
    return { ...frame, origin, size: (ascent * 1000) / FONT.ascent };
  }
  // A baseline that the letters do not stand on is none: they are taken to fill their boxes.
  const drop = Math.max(...spans.map((span) => span.height - span.above));
  const shift = drop - height * (1 - ASCENT_SHARE);
  const [x, y] = direction;
  return { ...frame, origin: [origin[0] - y * shift, origin[1] + x * shift], size: height };
}

function levelAt(origin: Point): Baseline {
  return { origin, direction: [1, 0], slope: 0 };
}

function usableBaseline(baseline: Box | null): Baseline | null {
  if (!baseline) return null;
  const [x0, y0, x1, y1] = baseline;
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = Math.hypot(dx, dy);
  if (length === 0) return null;
  const slope = Math.abs(dy / dx);
  if (dx > 0 && slope < LEAST_SLOPE) return levelAt([x0, (y0 + y1) / 2]);
  if (dx > 0 && slope < MOST_STEPPED_SLOPE) return { ...levelAt([x0, y0]), slope: -dy / dx };
  return { origin: [x0, y0], direction: [dx / length, dy / length], slope: 0 };
}

/** A word along its line and across it: from its upright box, of which a slope has made more. */
function spanOf({ text, box }: Word, { origin, direction: [ux, uy], slope }: Baseline): Span {
  const [width, height] = [box[2] - box[0], box[3] - box[1]];
  const [length, thickness] = unturned(width, height, [ux, uy]);
  const [dx, dy] = [(box[0] + box[2]) / 2 - origin[0], (box[1] + box[3]) / 2 - origin[1]];
  const middle = dx * ux + dy * uy;
  const rise = slope * middle;
  const own = Math.max(thickness / 2, thickness - Math.abs(slope) * length);
  return {
    text,
    start: middle - length / 2,
    end: middle + length / 2,
    rise,
    height: own,
    above: dx * uy - dy * ux - rise + own / 2,
  };
}

/** Length and height of a word that lies in this direction within an upright box. */
function unturned(width: number, height: number, [ux, uy]: Point): Point {
  const difference = ux * ux - uy * uy;
  const least = Math.max(Math.min(width, height) / 4, 0.01);
  // Of a diagonal word, long or high is all the same.
  if (Math.abs(difference) < 0.3) return [Math.max(width, least), Math.max(height, least)];
  const solve = (one: number, other: number) =>
    Math.max(least, (one * Math.abs(ux) - other * Math.abs(uy)) / difference);
  return [solve(width, height), solve(height, width)];
}

/** From left to right where the text runs the other way; words without a space between them touch. */
function placed(spans: Span[], height: number): Placed[] {
  const words = spans.map(({ text, start, end, rise }) => ({ text, start, end, rise }));
  if (words.some(({ text }) => runsRightToLeft(text))) words.sort((a, b) => a.start - b.start);
  words.forEach((word, index) => {
    const next = words[index + 1];
    if (!next || isSpaced(word.text, next.text)) return;
    if (Math.abs(next.start - word.end) > WIDEST_JOINT * height) return;
    word.end = (word.end + next.start) / 2;
    next.start = word.end;
  });
  return words;
}
