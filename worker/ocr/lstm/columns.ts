import type { RawBox } from '../tesseract-blocks.ts';
import { type LayoutBlock, type LayoutLine, unite } from './runs.ts';
import { isUpended } from './upended.ts';

/** Of its signs, in their own heights, between those of a column; letters of a word stand closer. */
const LEAST_GAP = 0.4;
const FEW_SIGNS = 3;
/** Share of them that have a line beside them, no further than so many heights of it. */
const LEAST_BESIDE = 0.6;
const MOST_DISTANCE = 6;

/**
 * The layout with signs below each other, as the tax codes of a receipt, in the lines that they stand
 * beside: Tesseract takes such a column for one line of text on its side.
 */
export function divideColumns(blocks: LayoutBlock[]): LayoutBlock[] {
  const lines = blocks.flatMap(({ paragraphs }) => paragraphs.flatMap((each) => each.lines));
  const upright = lines.filter((line) => !isUpended(line));
  const added = new Map<LayoutLine, RawBox[]>();
  const divided = new Set<LayoutLine>();
  for (const column of lines.filter(isUpended)) {
    const beside = signsBeside(column, upright);
    if (!beside) continue;
    divided.add(column);
    for (const { sign, line } of beside) added.set(line, [...(added.get(line) ?? []), sign]);
  }
  if (divided.size === 0) return blocks;
  const withSigns = (line: LayoutLine) => addSigns(line, added.get(line) ?? []);
  return blocks.map((block) => ({
    ...block,
    paragraphs: block.paragraphs.map(({ lines: all }) => ({
      lines: all.filter((line) => !divided.has(line)).map(withSigns),
    })),
  }));
}

/** The signs of a column that stand beside a line; undefined where it is none, or too few do. */
function signsBeside(
  column: LayoutLine,
  upright: LayoutLine[],
): { sign: RawBox; line: LayoutLine }[] | undefined {
  const signs = signsOf(column);
  if (signs.length < FEW_SIGNS || !standApart(signs)) return undefined;
  const beside = signs.flatMap((sign) => {
    const line = lineBeside(sign, upright);
    return line ? [{ sign, line }] : [];
  });
  return beside.length >= LEAST_BESIDE * signs.length ? beside : undefined;
}

/** From the top; what overlaps in height is one sign. */
function signsOf({ words }: LayoutLine): RawBox[] {
  const boxes = words.flatMap(({ symbols }) => symbols.map(({ bbox }) => bbox));
  const signs: RawBox[] = [];
  for (const box of boxes.toSorted((one, other) => one.y0 - other.y0)) {
    const last = signs.at(-1);
    if (last && box.y0 < last.y1) signs[signs.length - 1] = unite(last, box);
    else signs.push(box);
  }
  return signs;
}

function standApart(signs: RawBox[]): boolean {
  const gaps = signs.slice(1).map((sign, index) => {
    const above = signs[index] as RawBox;
    return (sign.y0 - above.y1) / (above.y1 - above.y0);
  });
  const usual = gaps.sort((one, other) => one - other)[gaps.length >> 1] ?? 0;
  return usual >= LEAST_GAP;
}

function lineBeside(sign: RawBox, lines: LayoutLine[]): LayoutLine | undefined {
  const middle = (sign.y0 + sign.y1) / 2;
  const near = lines.filter(
    ({ bbox, rowAttributes }) =>
      middle > bbox.y0 &&
      middle < bbox.y1 &&
      distance(sign, bbox) <= MOST_DISTANCE * rowAttributes.rowHeight,
  );
  return near.sort((one, other) => distance(sign, one.bbox) - distance(sign, other.bbox))[0];
}

function distance(one: RawBox, other: RawBox): number {
  return Math.max(0, one.x0 - other.x1, other.x0 - one.x1);
}

function addSigns(line: LayoutLine, signs: RawBox[]): LayoutLine {
  if (signs.length === 0) return line;
  const words = [...line.words, ...signs.map((bbox) => ({ bbox, symbols: [{ bbox }] }))];
  return {
    ...line,
    bbox: signs.reduce(unite, line.bbox),
    words: words.sort((one, other) => one.bbox.x0 - other.bbox.x0),
  };
}
