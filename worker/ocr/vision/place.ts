import type { Block, Box, Line, Word } from '#server/pages/layout.ts';
import { union } from '#worker/page/boxes.ts';
import { cleanText } from '#worker/page/text.ts';
import { alignWords, type Pair } from './align.ts';

interface Found {
  word: Word;
  line: Line;
}

/** A word of the text, and what it was found to be on the page. */
interface Placed {
  text: string;
  found: Found | null;
  likeness: number;
}

/** Of the height of a line: the width of a letter where nothing else says it. */
const LETTER_SHARE = 0.5;
/** Of the page: where lines without any place are put. */
const MARGIN = 0.08;

/**
 * The text that a model has read, with the boxes of the same words as they were found on the page.
 * Words that were not found stand between their neighbours on the line, lines of such words between
 * the lines before and after. An empty line begins a block, and where the page breaks a line, so does
 * the layout. A word's confidence is that of the one found, by how alike they are; 0 without one.
 */
export function placeText(
  text: string,
  blocks: Block[],
  page: { width: number; height: number },
): Block[] {
  const paragraphs = splitText(text);
  const found = blocks.flatMap(({ lines }) =>
    lines.flatMap((line) => line.words.map((word): Found => ({ word, line }))),
  );
  const words = paragraphs.flat(2);
  const pairs = alignWords(
    words,
    found.map(({ word }) => word.text),
  );
  let next = 0;
  const placed = paragraphs.map((lines) =>
    lines.flatMap((line) => {
      const asPlaced = line.map((word) => toPlaced(word, pairs[next++] ?? null, found));
      return splitWhereThePageDoes(asPlaced);
    }),
  );
  const boxes = boxesOfLines(placed.flat(), page);
  let index = 0;
  return placed
    .filter((lines) => lines.length > 0)
    .map((lines) => toBlock(lines.map((line) => toLine(line, boxes[index++] as Box))));
}

/** Paragraphs of lines of words. A model may fence its answer in spite of what it is told. */
function splitText(text: string): string[][][] {
  const bare = text.trim().replace(/^```\w*\n([\s\S]*?)\n?```$/, '$1');
  return bare
    .split(/\n\s*\n/)
    .map((paragraph) =>
      paragraph
        .split('\n')
        .map((line) => cleanText(line).split(/\s+/).filter(Boolean))
        .filter((line) => line.length > 0),
    )
    .filter((paragraph) => paragraph.length > 0);
}

function toPlaced(text: string, pair: Pair | null, found: Found[]): Placed {
  if (!pair) return { text, found: null, likeness: 0 };
  return { text, found: found[pair.found] ?? null, likeness: pair.likeness };
}

/** A model may run the lines of a paragraph together. Words without a place stay with those before. */
function splitWhereThePageDoes(words: Placed[]): Placed[][] {
  const lines: Placed[][] = [];
  let current: Line | null = null;
  for (const word of words) {
    const line: Line | null = word.found?.line ?? current;
    if (lines.length === 0 || (current && line !== current)) lines.push([]);
    lines.at(-1)?.push(word);
    current = line;
  }
  return lines;
}

/** The box of each line: around its words that were found, else between its neighbours'. */
function boxesOfLines(lines: Placed[][], page: { width: number; height: number }): Box[] {
  const known = lines.map((words): Box | null => {
    const boxes = words.flatMap(({ found }) => (found ? [found.word.box] : []));
    return boxes.length > 0 ? boxes.reduce(union) : null;
  });
  const [left, right] = [page.width * MARGIN, page.width * (1 - MARGIN)];
  const edge = (y: number): Box => [left, y, right, y];
  return known.map((box, index) => {
    if (box) return box;
    const before = known.findLastIndex((each, at) => at < index && each !== null);
    const after = known.findIndex((each, at) => at > index && each !== null);
    const above = known[before] ?? edge(page.height * MARGIN);
    const below = (after < 0 ? null : known[after]) ?? edge(page.height * (1 - MARGIN));
    const count = (after < 0 ? lines.length : after) - before - 1;
    return between(above, below, (index - before - 1) / count, 1 / count);
  });
}

/** A band of the gap between two boxes, or of the first one's own height where there is no gap. */
function between(above: Box, below: Box, from: number, share: number): Box {
  const gap = below[1] - above[3];
  const [top, height] = gap > 1 ? [above[3], gap] : [above[1], Math.max(1, above[3] - above[1])];
  const [x0, x1] = [Math.min(above[0], below[0]), Math.max(above[2], below[2])];
  return [x0, top + from * height, x1, top + (from + share * 0.8) * height];
}

function toBlock(lines: Line[]): Block {
  return { kind: 'text', box: lines.map(({ box }) => box).reduce(union), lines };
}

function toLine(words: Placed[], box: Box): Line {
  const boxes = boxesOfWords(words, box);
  const around = boxes.reduce(union);
  return {
    box: around,
    baseline: words.find(({ found }) => found)?.found?.line.baseline ?? null,
    words: words.map(({ text, found, likeness }, index) => ({
      text,
      box: boxes[index] as Box,
      confidence: found ? (found.word.confidence ?? 100) * likeness : 0,
      provenance: 'ocr',
    })),
  };
}

/** The boxes found, and in between the others, each as wide as its letters are many. */
function boxesOfWords(words: Placed[], [x0, y0, x1, y1]: Box): Box[] {
  const boxes = words.map(({ found }) => found?.word.box ?? null);
  const isKnown = boxes.some((box) => box !== null);
  return boxes.map((box, index) => {
    if (box) return box;
    const before = boxes.findLastIndex((each, at) => at < index && each !== null);
    const nextKnown = boxes.findIndex((each, at) => at > index && each !== null);
    const after = nextKnown < 0 ? words.length : nextKnown;
    const run = words.slice(before + 1, after).map(({ text }) => text.length + 1);
    const total = run.reduce((sum, letters) => sum + letters, 0);
    const room = total * (y1 - y0) * LETTER_SHARE;
    const left =
      boxes[before]?.[2] ?? (isKnown ? Math.max(0, (boxes[after]?.[0] ?? x1) - room) : x0);
    const right = boxes[after]?.[0] ?? (isKnown ? left + room : x1);
    const width = Math.max(total, right - left);
    const done = run.slice(0, index - before - 1).reduce((sum, letters) => sum + letters, 0);
    const start = left + (done / total) * width;
    return [start, y0, start + ((words[index]?.text.length ?? 1) / total) * width, y1];
  });
}
