import type { Box, Word } from '#server/pages/layout.ts';
import { boxOf, type Components } from '#worker/prepare/components.ts';

/** Ink on one line that looks like text. */
export interface Fragment {
  box: Box;
  /** Of its tall letters, pixels. */
  height: number;
}

/** Inches of the sides of what may be a letter, or several that touch. */
const LEAST_SIDE = 0.03;
const MOST_HEIGHT = 0.7;
const MOST_WIDTH = 2;
/** Pixels by which the ink of a word may lie outside of its box. */
const MARGIN = 3;
/** More than these are a picture. */
const MOST_LETTERS = 6_000;
const MOST_FRAGMENTS = 600;

/** The ink that none of these words accounts for, line by line. */
export function findUncovered(ink: Components, words: Word[], dpi: number): Fragment[] {
  const covers = createCover(words);
  const letters: Box[] = [];
  for (let index = 0; index < ink.count; index++) {
    const box = boxOf(ink, index);
    if (mayBeLetter(box, dpi) && !covers(box)) letters.push(box);
  }
  if (letters.length === 0 || letters.length > MOST_LETTERS) return [];
  const fragments = joinLetters(letters).map(toFragment);
  return fragments.length > MOST_FRAGMENTS ? [] : fragments;
}

function mayBeLetter([x0, y0, x1, y1]: Box, dpi: number): boolean {
  const [width, height] = [x1 - x0, y1 - y0];
  return (
    Math.max(width, height) >= LEAST_SIDE * dpi &&
    height >= 0.5 * LEAST_SIDE * dpi &&
    height <= MOST_HEIGHT * dpi &&
    width <= MOST_WIDTH * dpi
  );
}

/** Rows of the page, pixels, by which words are looked up. */
const BAND = 64;

/** Tells whether the middle of a box lies in one of these words. */
export function createCover(words: Word[]): (box: Box) => boolean {
  const bands = new Map<number, Box[]>();
  for (const { box } of words) {
    for (let band = Math.floor((box[1] - MARGIN) / BAND); band * BAND <= box[3] + MARGIN; band++) {
      const known = bands.get(band);
      if (known) known.push(box);
      else bands.set(band, [box]);
    }
  }
  return ([x0, y0, x1, y1]) => {
    const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
    return (bands.get(Math.floor(y / BAND)) ?? []).some(
      (box) =>
        x >= box[0] - MARGIN && x < box[2] + MARGIN && y >= box[1] - MARGIN && y < box[3] + MARGIN,
    );
  };
}

/** Heights by which two letters of a line may stand apart. */
const MOST_GAP = 1.1;
const LEAST_OVERLAP = 0.5;
const MOST_RATIO = 3;

interface Open {
  box: Box;
  letters: Box[];
}

/** Joins letters that stand beside each other, from left to right. */
function joinLetters(letters: Box[]): Open[] {
  const joined: Open[] = [];
  for (const letter of letters.sort((one, other) => one[0] - other[0])) {
    const near = joined.filter((open) => goesOn(open, letter));
    const best = near.sort((one, other) => other.box[2] - one.box[2])[0];
    if (!best) joined.push({ box: letter, letters: [letter] });
    else {
      best.letters.push(letter);
      best.box = [
        best.box[0],
        Math.min(best.box[1], letter[1]),
        Math.max(best.box[2], letter[2]),
        Math.max(best.box[3], letter[3]),
      ];
    }
  }
  return joined;
}

function goesOn({ box, letters }: Open, letter: Box): boolean {
  const last = letters.at(-1) as Box;
  const [height, before] = [
    letter[3] - letter[1],
    Math.max(last[3] - last[1], (box[3] - box[1]) / 2),
  ];
  const shared = Math.min(box[3], letter[3]) - Math.max(box[1], letter[1]);
  return (
    letter[0] - box[2] <= MOST_GAP * Math.max(height, before) &&
    shared >= LEAST_OVERLAP * Math.min(height, box[3] - box[1]) &&
    Math.max(height, before) <= MOST_RATIO * Math.min(height, before)
  );
}

function toFragment({ box, letters }: Open): Fragment {
  const heights = letters.map(([, y0, , y1]) => y1 - y0).sort((one, other) => one - other);
  return { box, height: heights[Math.floor(heights.length * 0.75)] as number };
}
