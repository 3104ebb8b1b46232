import type { Box, Layout, Word } from '../pages/layout.ts';
import { lineText } from '../pages/line-text.ts';
import type { Correction } from './apply.ts';

/** Words of a layout: the first, from 0 in reading order, and how many. */
export interface Place {
  first: number;
  count: number;
}

/** Boxes that share this much of what they cover together are the same place. */
const SAME_PLACE = 0.5;

interface NumberedLine {
  first: number;
  words: Word[];
}

/**
 * Where the words of each correction stand on this layout, keyed by their first word: where it was
 * made, else where the same words, or those that it made of them, stand at the same place. Of two
 * that claim a word the earlier has it.
 */
export function locateCorrections(
  layout: Layout,
  corrections: Correction[],
): { placed: Map<number, Place & { correction: Correction }>; unplaced: string[] } {
  const lines = numberLines(layout);
  const placed = new Map<number, Place & { correction: Correction }>();
  const taken = new Set<number>();
  const unplaced: string[] = [];
  for (const correction of corrections) {
    const place = locate(lines, layout, correction);
    const words = place ? range(place) : [];
    if (!place || words.some((word) => taken.has(word))) {
      unplaced.push(correction.id);
      continue;
    }
    for (const word of words) taken.add(word);
    placed.set(place.first, { ...place, correction });
  }
  return { placed, unplaced };
}

/** Around these words, as shares of the page's width and height. */
export function shareBox(words: Word[], { width, height }: Layout): Box {
  const edge = (side: 0 | 1 | 2 | 3) => words.map(({ box }) => box[side]);
  return [
    Math.min(...edge(0)) / width,
    Math.min(...edge(1)) / height,
    Math.max(...edge(2)) / width,
    Math.max(...edge(3)) / height,
  ];
}

function numberLines({ blocks }: Layout): NumberedLine[] {
  let next = 0;
  return blocks.flatMap(({ lines }) =>
    lines.map(({ words }) => {
      const first = next;
      next += words.length;
      return { first, words };
    }),
  );
}

function locate(lines: NumberedLine[], layout: Layout, correction: Correction): Place | undefined {
  const { firstWord: first, wordCount: count, oldText, newText } = correction;
  const line = lines.find((one) => first >= one.first && first < one.first + one.words.length);
  const words = line?.words.slice(first - line.first, first - line.first + count) ?? [];
  if (words.length === count && lineText(words) === oldText && isThere(words, layout, correction)) {
    return { first, count };
  }
  return find(lines, layout, correction, oldText) ?? find(lines, layout, correction, newText);
}

/** Words of one line that read `text` at the place of the correction. */
function find(
  lines: NumberedLine[],
  layout: Layout,
  correction: Correction,
  text: string,
): Place | undefined {
  if (text === '') return undefined;
  for (const { first, words } of lines) {
    for (let start = 0; start < words.length; start += 1) {
      const count = matchLength(words, start, text);
      if (count === 0) continue;
      if (isThere(words.slice(start, start + count), layout, correction)) {
        return { first: first + start, count };
      }
    }
  }
  return undefined;
}

/** How many words from `start` make up exactly `text`; 0 where none do. */
function matchLength(words: Word[], start: number, text: string): number {
  if (!text.startsWith(words[start]?.text ?? '')) return 0;
  for (let end = start + 1; end <= words.length; end += 1) {
    const read = lineText(words.slice(start, end));
    if (read === text) return end - start;
    if (read.length >= text.length) return 0;
  }
  return 0;
}

function isThere(words: Word[], layout: Layout, { box }: Correction): boolean {
  const own = shareBox(words, layout);
  const shared =
    Math.max(0, Math.min(own[2], box[2]) - Math.max(own[0], box[0])) *
    Math.max(0, Math.min(own[3], box[3]) - Math.max(own[1], box[1]));
  return shared >= SAME_PLACE * (area(own) + area(box) - shared);
}

function area([x0, y0, x1, y1]: Box): number {
  return (x1 - x0) * (y1 - y0);
}

function range({ first, count }: Place): number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}
