import type { RawBox } from '../tesseract-blocks.ts';

/** Tesseract's layout of a page that it has not read: its JSON as far as it is used, in pixels. */
export interface LayoutBlock {
  blocktype: number;
  paragraphs: { lines: LayoutLine[] }[];
}
export interface LayoutLine {
  bbox: RawBox;
  baseline: RawBox;
  /** Heights from the baseline; `rowHeight` from the lowest descender to the highest ascender. */
  rowAttributes: { rowHeight: number; descenders: number; ascenders: number };
  words: { bbox: RawBox; symbols: { bbox: RawBox }[] }[];
}

/** Words of a line that are read as one image. */
export interface Run {
  /** The image, with a margin around. */
  box: RawBox;
  /** What Tesseract takes for pieces of letters. */
  symbols: RawBox[];
}

/** Tesseract's bounds for words that are read together, in heights of the line. */
const MOST_HEIGHT = 1.25;
const MOST_GAP = 2;
/** Pixels around a line's letters. */
const MARGIN = 4;

/** Parts of a line that stand close enough, and are of heights alike enough, to be read at once. */
export function runsOf(line: LayoutLine, page: { width: number; height: number }): Run[] {
  const { rowHeight } = line.rowAttributes;
  const runs: LayoutLine['words'][] = [];
  let box: RawBox | undefined;
  for (const word of line.words) {
    const joined = box && unite(box, word.bbox);
    const fits =
      box &&
      joined &&
      heightOf(word.bbox) <= MOST_HEIGHT * rowHeight &&
      heightOf(joined) <= MOST_HEIGHT * rowHeight &&
      word.bbox.x0 <= box.x1 + MOST_GAP * rowHeight;
    if (fits) runs.at(-1)?.push(word);
    else runs.push([word]);
    box = fits ? joined : word.bbox;
  }
  return runs.map((words) => toRun(line, words, page));
}

function toRun(
  { baseline, rowAttributes }: LayoutLine,
  words: LayoutLine['words'],
  { width, height }: { width: number; height: number },
): Run {
  const box = words.map(({ bbox }) => bbox).reduce(unite);
  const share = ((box.x0 + box.x1) / 2 - baseline.x0) / Math.max(1, baseline.x1 - baseline.x0);
  const base = baseline.y0 + share * (baseline.y1 - baseline.y0);
  const { rowHeight, descenders } = rowAttributes;
  return {
    box: {
      x0: Math.max(0, box.x0 - MARGIN),
      y0: Math.max(0, Math.ceil(Math.min(box.y0, base + descenders - rowHeight)) - MARGIN),
      x1: Math.min(width, box.x1 + MARGIN),
      y1: Math.min(height, Math.ceil(Math.max(box.y1, base + descenders)) + MARGIN),
    },
    symbols: words.flatMap(({ symbols }) => symbols.map(({ bbox }) => bbox)),
  };
}

export function unite(one: RawBox, other: RawBox): RawBox {
  return {
    x0: Math.min(one.x0, other.x0),
    y0: Math.min(one.y0, other.y0),
    x1: Math.max(one.x1, other.x1),
    y1: Math.max(one.y1, other.y1),
  };
}

function heightOf({ y0, y1 }: RawBox): number {
  return y1 - y0;
}
