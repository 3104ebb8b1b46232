import type { Box, Word } from '#server/pages/layout.ts';
import { boxOf, type Components } from '#worker/prepare/components.ts';
import { createCover } from './uncovered.ts';

/** Inches: the length of a dash, from which it is a long one, and its thickness. */
const LEAST_LENGTH = 0.035;
const LONG = 0.08;
const MOST_LENGTH = 0.25;
const MOST_THICKNESS = 0.025;
const LEAST_SLENDERNESS = 2.5;
/** Inches of empty paper on both sides: within words the engine reads it. */
const ALONE = 0.06;
/** Heights of a word by which the middle of a dash in its row may miss its own. */
const SAME_ROW = 0.25;
/** It was measured, not read. */
const CONFIDENCE = 75;

/**
 * Dashes that stand alone in a row of words, as where a table has nothing to say: the engine takes
 * them for dirt.
 */
export function findDashes(ink: Components, words: Word[], dpi: number): Word[] {
  const dashes = boxesOf(ink).filter((box) => isDash(box, dpi));
  if (dashes.length === 0) return [];
  const covers = createCover(words);
  return dashes
    .filter((box) => !covers(box) && isInRow(box, words) && isAlone(box, words, dpi))
    .map((box) => ({
      text: box[2] - box[0] >= LONG * dpi ? '—' : '-',
      box,
      confidence: CONFIDENCE,
      provenance: 'ocr',
    }));
}

function boxesOf(ink: Components): Box[] {
  return Array.from({ length: ink.count }, (_, index) => boxOf(ink, index));
}

function isDash([x0, y0, x1, y1]: Box, dpi: number): boolean {
  const [width, height] = [x1 - x0, y1 - y0];
  return (
    width >= LEAST_LENGTH * dpi &&
    width <= MOST_LENGTH * dpi &&
    height <= MOST_THICKNESS * dpi &&
    width >= LEAST_SLENDERNESS * height
  );
}

function isInRow([, y0, , y1]: Box, words: Word[]): boolean {
  const middle = (y0 + y1) / 2;
  return words.some(
    ({ text, box }) =>
      /[\p{L}\p{N}]/u.test(text) &&
      Math.abs((box[1] + box[3]) / 2 - middle) <= SAME_ROW * (box[3] - box[1]),
  );
}

function isAlone([x0, y0, x1, y1]: Box, words: Word[], dpi: number): boolean {
  const room = ALONE * dpi;
  return !words.some(
    ({ box }) => box[0] < x1 + room && box[2] > x0 - room && box[1] < y1 && box[3] > y0,
  );
}
