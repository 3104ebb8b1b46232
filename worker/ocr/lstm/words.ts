import type { RawWord } from '../tesseract-blocks.ts';
import type { Charset } from './charset.ts';
import type { DecodedLine, Glyph } from './decode.ts';
import { type PixelBox, type Run, unite } from './runs.ts';

/** Tesseract's measure: what a certainty of -1 takes off a confidence of 100. */
const CONFIDENCE_PER_CERTAINTY = 35;

/**
 * Words of a run in pixels of the page. `stepWidth` is in pixels of the page, too. A word's box is that of the
 * letters that stand where it was read.
 */
export function wordsOf(
  run: Run,
  { words }: DecodedLine,
  stepWidth: number,
  charset: Charset,
): RawWord[] {
  const gaps = gapsOf(run.symbols);
  const place = (step: number) => run.box.x0 + stepWidth * step;
  const ends = words.slice(1).map((word, index) => {
    const [before, after] = [words[index]?.glyphs.at(-1) as Glyph, word.glyphs[0] as Glyph];
    return boundary(gaps, place((before.from + before.to) / 2), place((after.from + after.to) / 2));
  });
  return words.map((word, index) => ({
    text: word.glyphs.map(({ code }) => charset.textOf(code)).join(''),
    bbox: tight(run, ends[index - 1] ?? run.box.x0, ends[index] ?? run.box.x1),
    confidence: Math.max(0, Math.round(100 + CONFIDENCE_PER_CERTAINTY * word.certainty)),
  }));
}

type Gap = [from: number, to: number];

/** Where no letter is, left to right. */
function gapsOf(symbols: PixelBox[]): Gap[] {
  const gaps: Gap[] = [];
  let end = Number.POSITIVE_INFINITY;
  for (const { x0, x1 } of symbols.toSorted((a, b) => a.x0 - b.x0)) {
    if (x0 > end) gaps.push([end, x0]);
    end = end === Number.POSITIVE_INFINITY ? x1 : Math.max(end, x1);
  }
  return gaps;
}

/** The middle of the widest gap between two letters, or of the letters. */
function boundary(gaps: Gap[], left: number, right: number): number {
  const between = gaps.filter(([from, to]) => to > left && from < right);
  const [from, to] = between.reduce(
    (widest, gap) => (gap[1] - gap[0] > widest[1] - widest[0] ? gap : widest),
    between[0] ?? [left, right],
  );
  return (from + to) / 2;
}

function tight({ box, symbols }: Run, x0: number, x1: number): PixelBox {
  const within = symbols.filter((symbol) => {
    const middle = (symbol.x0 + symbol.x1) / 2;
    return middle >= x0 && middle < x1;
  });
  return within.length > 0
    ? within.reduce(unite)
    : { ...box, x0: Math.round(x0), x1: Math.round(x1) };
}
