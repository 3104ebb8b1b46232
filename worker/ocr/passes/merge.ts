import type { Block, Box, Line, Word } from '#server/pages/layout.ts';
import { filterWords } from '#worker/layout/filter-words.ts';
import { area, overlap, union } from '#worker/page/boxes.ts';

/** Share of a word that lies on what was read again. */
const SAME_PLACE = 0.5;
/** Heights by which a fragment may stand away from the line that it is part of. */
const MOST_GAP = 2;
const LEAST_OVERLAP = 0.6;

/** Blocks with further lines; of words at one place the surer ones stay. */
export function mergeLines(blocks: Block[], lines: Line[]): Block[] {
  let merged = blocks;
  for (const line of lines) {
    const known = wordsAt(merged, line.box);
    if (sureness(known) >= sureness(line.words)) continue;
    const replaced = new Set(known);
    merged = insertLine(
      filterWords(merged, (word) => !replaced.has(word)),
      line,
    );
  }
  return merged;
}

/** Heights of a usual word, and of the letters of its own, that a word may have. */
const MOST_USUAL = 1.8;
const MOST_OWN = 1.6;

/** Width of a letter in its heights from which on a doubted word is rather a row of dots. */
const FLAT = 2.2;
const SURE_OF_FLAT = 60;

/** Widths of the height of a line that stands on its side, and what it has to be believed with. */
const UPENDED = 3;
const LEAST_SURE_OF_UPENDED = 75;

/**
 * The blocks without words that are too tall for their letters, whichever way those stand, or so flat
 * that they have none, and without lines on their side that make no sense: columns of signs are taken
 * for such.
 */
export function dropMisfits(blocks: Block[]): Block[] {
  const doubted = new Set(
    blocks.flatMap(({ lines }) => lines.filter(isDoubtedColumn)).flatMap(({ words }) => words),
  );
  const heights = blocks.flatMap(({ lines }) =>
    lines.flatMap(({ words }) => words.map(({ box }) => box[3] - box[1])),
  );
  const usual = heights.sort((one, other) => one - other)[heights.length >> 1] ?? 0;
  return filterWords(blocks, (word) => {
    if (doubted.has(word) || isRowOfDots(word)) return false;
    const {
      text,
      box: [x0, y0, x1, y1],
    } = word;
    const [width, height] = [x1 - x0, y1 - y0];
    if (height <= MOST_USUAL * usual) return true;
    return !MARKS.test(text) && height <= MOST_OWN * width * Math.max(1, text.length);
  });
}

function isRowOfDots({ text, confidence, box: [x0, y0, x1, y1] }: Word): boolean {
  if (!/[\p{L}\p{N}]/u.test(text) || (confidence ?? 100) >= SURE_OF_FLAT) return false;
  return x1 - x0 > FLAT * text.length * (y1 - y0);
}

function isDoubtedColumn({ words, box: [x0, y0, x1, y1] }: Line): boolean {
  const sure = words.reduce((sum, { confidence }) => sum + (confidence ?? 100), 0) / words.length;
  return y1 - y0 > UPENDED * (x1 - x0) && words.length > 1 && sure < LEAST_SURE_OF_UPENDED;
}

/** What rules, dots and the edges of pictures are read as. */
const MARKS = /^[|_\-\u2010-\u2015~=.,:;'"`\u2018-\u201f\u00b0\u00ab\u00bb<>\\/^(){}[\]]+$/u;

/** The blocks without marks that the engine itself doubts, and without what it does not believe at all. */
export function dropGarbage(blocks: Block[]): Block[] {
  return filterWords(
    blocks,
    ({ text, confidence }) =>
      (confidence ?? 100) >= (MARKS.test(text) ? LEAST_SURE_OF_MARKS : LEAST_SURE),
  );
}

/** A stroke that stands like a word before others: rules are gone by now, so it is the letter. */
export function strokesToLetters(blocks: Block[]): Block[] {
  const inWords = (words: Word[]) =>
    words.map((word, index) => {
      const next = words[index + 1]?.text ?? '';
      return word.text === '|' && /^\p{Ll}{2}/u.test(next) ? { ...word, text: 'I' } : word;
    });
  return blocks.map((block) => ({
    ...block,
    lines: block.lines.map((line) => ({ ...line, words: inWords(line.words) })),
  }));
}

const LEAST_SURE = 8;
const LEAST_SURE_OF_MARKS = 45;

function wordsAt(blocks: Block[], box: Box): Word[] {
  return blocks
    .filter((block) => overlap(block.box, box) > 0)
    .flatMap((block) => block.lines.filter((line) => overlap(line.box, box) > 0))
    .flatMap((line) => line.words)
    .filter((word) => overlap(word.box, box) > SAME_PLACE * area(word.box));
}

/** Confidence above a guess, summed over letters. */
function sureness(words: Word[]): number {
  const letters = ({ text }: Word) => text.replace(/[^\p{L}\p{N}]/gu, '').length + 0.3;
  return words.reduce(
    (sum, word) => sum + letters(word) * Math.max(0, (word.confidence ?? 100) - GUESS),
    0,
  );
}

const GUESS = 20;

/** Into the line that it goes on, else as a block of its own behind the last one that begins above. */
function insertLine(blocks: Block[], line: Line): Block[] {
  const host = nearestLine(blocks, line);
  if (host) {
    return blocks.map((block) => {
      if (!block.lines.includes(host)) return block;
      const lines = block.lines.map((each) => (each === host ? joinLines(each, line) : each));
      return { ...block, lines, box: union(block.box, line.box) };
    });
  }
  const own: Block = { kind: 'text', box: line.box, lines: [line] };
  const after = blocks.findLastIndex((block) => block.box[1] <= line.box[1]);
  return blocks.toSpliced(after + 1, 0, own);
}

function nearestLine(blocks: Block[], line: Line): Line | undefined {
  const height = line.box[3] - line.box[1];
  const candidates = blocks
    .flatMap((block) => block.lines)
    .filter(({ box }) => {
      const shared = Math.min(box[3], line.box[3]) - Math.max(box[1], line.box[1]);
      return (
        shared >= LEAST_OVERLAP * Math.min(height, box[3] - box[1]) &&
        distance(box, line.box) <= MOST_GAP * Math.max(height, 8) &&
        box[3] - box[1] <= 2 * height + 8
      );
    });
  return candidates.sort(
    (one, other) => distance(one.box, line.box) - distance(other.box, line.box),
  )[0];
}

function distance(one: Box, other: Box): number {
  return Math.max(0, one[0] - other[2], other[0] - one[2]);
}

function joinLines(one: Line, other: Line): Line {
  const words = [...one.words, ...other.words].sort((a, b) => a.box[0] - b.box[0]);
  return { ...one, box: union(one.box, other.box), words };
}
