import type { RawBox, RawWord } from '../tesseract-blocks.ts';
import type { Charset } from './charset.ts';
import type { Glyph } from './ctc.ts';
import type { DecodedLine, DecodedWord } from './decode.ts';
import { type Run, unite } from './runs.ts';

/** Tesseract's measure: what a certainty of -1 takes off a confidence of 100. */
const CONFIDENCE_PER_CERTAINTY = 35;
/** Confidence below which a word has to have letters. */
const DOUBTED = 50;

/**
 * Words of a run in pixels of the page; `stepWidth` is in such pixels, too. A word's box is that of the
 * letters that stand where it was read. A doubted one without letters, as noise is read, is left out.
 */
export function wordsOf(
  run: Run,
  decoded: DecodedLine,
  stepWidth: number,
  charset: Charset,
): RawWord[] {
  const gaps = gapsOf(run.symbols);
  const place = (words: DecodedWord[]) => boundaries(expectedOf(run, words, stepWidth), gaps);
  const isImagined = (word: DecodedWord, index: number, { fits }: Boundaries) =>
    confidenceOf(word) < DOUBTED &&
    Math.min(fits[index - 1] ?? 0, fits[index] ?? 0) < 0 &&
    !hasLetters(run, word, stepWidth);
  const first = place(decoded.words);
  const words = decoded.words.filter((word, index) => !isImagined(word, index, first));
  const { places } = words.length < decoded.words.length ? place(words) : first;
  const bounds = [run.box.x0, ...places, run.box.x1];
  return words.map((word, index) => ({
    text: word.glyphs.map(({ code }) => charset.textOf(code)).join(''),
    bbox: tight(run, bounds[index] as number, bounds[index + 1] as number),
    confidence: confidenceOf(word),
  }));
}

/** Where words part, by where their letters were seen. */
function expectedOf({ box }: Run, words: DecodedWord[], stepWidth: number): number[] {
  return words.slice(1).map((word, index) => {
    const [before, after] = [words[index]?.glyphs.at(-1) as Glyph, word.glyphs[0] as Glyph];
    return box.x0 + (stepWidth * (before.to + after.from)) / 2;
  });
}

function confidenceOf({ certainty }: DecodedWord): number {
  return Math.max(0, Math.round(100 + CONFIDENCE_PER_CERTAINTY * certainty));
}

function hasLetters({ box, symbols }: Run, { glyphs }: DecodedWord, stepWidth: number): boolean {
  const from = box.x0 + stepWidth * (glyphs[0] as Glyph).from;
  const to = box.x0 + stepWidth * (glyphs.at(-1) as Glyph).to;
  return symbols.some(({ x0, x1 }) => x0 < to && x1 > from);
}

/** A stretch of a line without letters. */
interface Gap {
  middle: number;
  width: number;
}

/** Gaps from left to right. */
function gapsOf(symbols: RawBox[]): Gap[] {
  const gaps: Gap[] = [];
  let end = Number.POSITIVE_INFINITY;
  for (const { x0, x1 } of symbols.toSorted((one, other) => one.x0 - other.x0)) {
    if (x0 > end) gaps.push({ middle: (end + x0) / 2, width: x0 - end });
    end = end === Number.POSITIVE_INFINITY ? x1 : Math.max(end, x1);
  }
  return gaps;
}

interface Boundaries {
  places: number[];
  /** How well each fits where it is expected, pixels; below 0 there is no gap, 0 where there are too few. */
  fits: number[];
}

/**
 * A gap of its own for each place where words are expected to part, in order: those that are widest
 * and nearest, in pixels, all together. The expected places themselves where there are too few.
 */
function boundaries(expected: number[], gaps: Gap[]): Boundaries {
  if (expected.length > gaps.length) return { places: expected, fits: expected.map(() => 0) };
  const closeness = (place: number, { middle, width }: Gap) => width - Math.abs(middle - place);
  /** For each place, the gap before which the best choice up to each gap takes its own. */
  const chosen: Int32Array[] = [];
  let best = new Float64Array(gaps.length + 1);
  for (const place of expected) {
    const next = new Float64Array(gaps.length + 1).fill(Number.NEGATIVE_INFINITY);
    const choice = new Int32Array(gaps.length + 1);
    gaps.forEach((gap, index) => {
      const taken = (best[index] as number) + closeness(place, gap);
      const isBetter = taken > (next[index] as number);
      next[index + 1] = isBetter ? taken : (next[index] as number);
      choice[index + 1] = isBetter ? index : (choice[index] as number);
    });
    chosen.push(choice);
    best = next;
  }
  const taken: Gap[] = [];
  let end = gaps.length;
  for (const choice of chosen.reverse()) {
    end = choice[end] as number;
    taken.unshift(gaps[end] as Gap);
  }
  return {
    places: taken.map(({ middle }) => middle),
    fits: taken.map((gap, index) => closeness(expected[index] as number, gap)),
  };
}

function tight({ box, symbols }: Run, x0: number, x1: number): RawBox {
  const within = symbols.filter((symbol) => {
    const middle = (symbol.x0 + symbol.x1) / 2;
    return middle >= x0 && middle < x1;
  });
  return within.length > 0
    ? within.reduce(unite)
    : { ...box, x0: Math.round(x0), x1: Math.round(x1) };
}
