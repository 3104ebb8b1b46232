import type { RawBox } from '../tesseract-blocks.ts';
import { type LayoutBlock, type LayoutLine, unite } from './runs.ts';

/** Heights of a letter on its side to the dot of an i. */
const MOST_DOT_GAP = 0.5;
/** Signs that a line has at most into which a letter of a stack was put. */
const SHORT_LINE = 6;
/** Pieces from which on they are a line. */
const LEAST_PIECES = 5;
/** Share of the narrower one by which pieces stand below each other. */
const LEAST_OVERLAP = 0.5;
/** In widths of the stack: from one piece to the next at most, and between most of them, as letters of a word stand. */
const MOST_GAP = 2.2;
const USUAL_GAP = 0.3;
/** Widths of the stack that are free of other lines on both of its sides. */
const FREE = 1;

/**
 * The layout with letters that stand closely below each other, as the title of an axis on its side,
 * as one line: where it is short Tesseract takes each of them for a line, for a cell of a table, or
 * for a part of what stands beside it.
 */
export function joinStacks(blocks: LayoutBlock[]): LayoutBlock[] {
  const lines = blocks.flatMap(({ paragraphs }) => paragraphs.flatMap((each) => each.lines));
  const stacks = findStacks(lines).flatMap((pieces) => joinPieces(pieces, lines) ?? []);
  if (stacks.length === 0) return blocks;
  const become = new Map(stacks.flatMap(({ changes }) => changes));
  const changed = (line: LayoutLine) => (become.has(line) ? (become.get(line) ?? []) : line);
  return blocks.map((block) => ({
    ...block,
    paragraphs: block.paragraphs.map((paragraph) => ({ lines: paragraph.lines.flatMap(changed) })),
  }));
}

/** Pieces below each other, from the top. */
function findStacks(lines: LayoutLine[]): LayoutLine[][] {
  const pieces = lines.filter(isPiece);
  const stacks: LayoutLine[][] = [];
  for (const piece of pieces.toSorted((one, other) => one.bbox.y0 - other.bbox.y0)) {
    const stack = stacks.find((each) => goesOn(each, piece.bbox));
    if (stack) stack.push(piece);
    else stacks.push([piece]);
  }
  return stacks;
}

/** One letter, which may have a dot beside it. */
function isPiece(line: LayoutLine): boolean {
  const [first, second, ...more] = signsOf(line).map(({ bbox }) => bbox);
  if (!first || more.length > 0) return false;
  if (!second) return true;
  const gap = Math.max(first.x0 - second.x1, second.x0 - first.x1);
  return gap <= MOST_DOT_GAP * (line.bbox.y1 - line.bbox.y0);
}

function signsOf({ words }: LayoutLine): { bbox: RawBox }[] {
  return words.flatMap(({ symbols }) => symbols);
}

function goesOn(stack: LayoutLine[], { x0, x1, y0 }: RawBox): boolean {
  const last = (stack.at(-1) as LayoutLine).bbox;
  const overlap = Math.min(x1, last.x1) - Math.max(x0, last.x0);
  if (overlap < LEAST_OVERLAP * Math.min(x1 - x0, last.x1 - last.x0)) return false;
  return y0 > last.y0 && y0 - last.y1 <= MOST_GAP * widthOf(stack);
}

function widthOf(stack: LayoutLine[]): number {
  return Math.max(...stack.map(({ bbox }) => bbox.x1 - bbox.x0));
}

/** What lines of the layout become, none or another; undefined where the pieces are no text on its side. */
function joinPieces(pieces: LayoutLine[], lines: LayoutLine[]) {
  if (pieces.length < LEAST_PIECES || !standClosely(pieces)) return undefined;
  const bbox = pieces.map((line) => line.bbox).reduce(unite);
  const isMine = (sign: { bbox: RawBox }) => within(sign.bbox, bbox);
  const others = lines.filter((line) => !pieces.includes(line));
  const mixed = others.filter(
    (line) => signsOf(line).length <= SHORT_LINE && signsOf(line).some(isMine),
  );
  const free = FREE * widthOf(pieces);
  if (others.some((line) => !mixed.includes(line) && touches(line.bbox, bbox, free))) {
    return undefined;
  }
  const signs = [...pieces, ...mixed].flatMap((line) => signsOf(line).filter(isMine));
  const [first, ...more] = pieces;
  const changes: [LayoutLine, LayoutLine | undefined][] = [
    [first as LayoutLine, toLine(signs)],
    ...more.map((line): [LayoutLine, undefined] => [line, undefined]),
    ...mixed.map((line): [LayoutLine, LayoutLine | undefined] => [line, without(line, isMine)]),
  ];
  return { changes };
}

function standClosely(pieces: LayoutLine[]): boolean {
  const gaps = pieces
    .slice(1)
    .map(({ bbox }, index) => bbox.y0 - (pieces[index] as LayoutLine).bbox.y1)
    .sort((one, other) => one - other);
  return (gaps[gaps.length >> 1] as number) <= USUAL_GAP * widthOf(pieces);
}

/** By its middle. */
function within(sign: RawBox, { x0, y0, x1, y1 }: RawBox): boolean {
  const [x, y] = [(sign.x0 + sign.x1) / 2, (sign.y0 + sign.y1) / 2];
  return x >= x0 && x < x1 && y >= y0 && y < y1;
}

function touches(line: RawBox, { x0, y0, x1, y1 }: RawBox, free: number): boolean {
  return line.y1 > y0 && line.y0 < y1 && line.x1 > x0 - free && line.x0 < x1 + free;
}

function toLine(signs: { bbox: RawBox }[]): LayoutLine {
  const bbox = signs.map((sign) => sign.bbox).reduce(unite);
  return {
    bbox,
    baseline: { ...bbox, y0: bbox.y1 },
    rowAttributes: { rowHeight: bbox.y1 - bbox.y0, descenders: 0, ascenders: 0 },
    words: [{ bbox, symbols: signs }],
  };
}

function without(
  line: LayoutLine,
  isGone: (sign: { bbox: RawBox }) => boolean,
): LayoutLine | undefined {
  const words = line.words.flatMap(({ symbols }) => {
    const kept = symbols.filter((sign) => !isGone(sign));
    return kept.length > 0
      ? [{ bbox: kept.map(({ bbox }) => bbox).reduce(unite), symbols: kept }]
      : [];
  });
  if (words.length === 0) return undefined;
  return { ...line, words, bbox: words.map(({ bbox }) => bbox).reduce(unite) };
}
