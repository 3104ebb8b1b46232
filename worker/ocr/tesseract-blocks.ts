import type { Block, Box, Line, Word } from '#server/pages/layout.ts';
import { union } from '#worker/page/boxes.ts';
import { cleanText } from '#worker/page/text.ts';

/** Tesseract's result as far as it is used, whichever way it came; boxes in pixels. */
export interface RawBlock {
  paragraphs: { lines: RawLine[] }[];
}
export interface RawLine {
  bbox: RawBox;
  baseline: RawBox;
  words: RawWord[];
}
export interface RawWord {
  text: string;
  bbox: RawBox;
  confidence: number;
}
/** Edges of a box; those on the right and below are outside of it. */
export interface RawBox {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** Baselines further apart than this, in usual distances of the block, begin a new one. */
const PARAGRAPH_GAP = 1.35;

/**
 * Tesseract's blocks without what holds no text, split where lines stand wide apart. Its paragraphs
 * follow the lengths of the lines as well, and fall apart on ragged text.
 */
export function toBlocks(blocks: RawBlock[]): Block[] {
  return blocks
    .map((block) => block.paragraphs.flatMap((paragraph) => paragraph.lines).map(toLine))
    .flatMap((lines) => splitAtGaps(lines.filter((line) => line.words.length > 0)))
    .map(
      (lines): Block => ({ kind: 'text', box: lines.map((line) => line.box).reduce(union), lines }),
    );
}

function splitAtGaps(lines: Line[]): Line[][] {
  const distances = lines
    .slice(1)
    .map((line, index) => middle(line) - middle(lines[index] as Line));
  const usual = [...distances].sort((one, other) => one - other)[distances.length >> 1] ?? 0;
  const parts: Line[][] = [];
  lines.forEach((line, index) => {
    const distance = distances[index - 1];
    if (distance === undefined || distance > PARAGRAPH_GAP * usual) parts.push([line]);
    else parts.at(-1)?.push(line);
  });
  return parts;
}

function middle({ box }: Line): number {
  return (box[1] + box[3]) / 2;
}

function toLine(line: RawLine): Line {
  return {
    box: toBox(line.bbox),
    baseline: toBox(line.baseline),
    words: line.words.map(toWord).filter((word) => word.text !== ''),
  };
}

function toWord(word: RawWord): Word {
  return {
    text: cleanText(word.text).trim(),
    box: toBox(word.bbox),
    confidence: Math.min(100, Math.max(0, word.confidence)),
    provenance: 'ocr',
  };
}

function toBox({ x0, y0, x1, y1 }: RawBox): Box {
  return [x0, y0, x1, y1];
}
