import { searchBeam } from './beam.ts';
import type { Charset } from './charset.ts';
import type { Lexicon } from './lexicon.ts';
import type { LineScores } from './recognizer.ts';

/** A character in a line: the steps that it was seen at, the last excluded. */
export interface Glyph {
  code: number;
  from: number;
  to: number;
}

export interface DecodedWord {
  glyphs: Glyph[];
  /** Natural logarithm of the least probability of a step, in Tesseract's measure. */
  certainty: number;
}

export interface DecodedLine {
  words: DecodedWord[];
  /** Of the whole line, to compare readings of the same pixels; greater is surer. */
  score: number;
  /** Mean probability of what it was read as, where that is anything; 0 where nothing was read. */
  clearness: number;
}

export interface Alphabet {
  charset: Charset;
  lexicon: Lexicon;
  blank: number;
}

/** Tesseract's: what every step costs, and how much dearer a word is that is in no list. */
const STEP_COST = 0.085;
const UNKNOWN_RATIO = 2.25;
/** Probability below which a step is looked at again with all that it may stand for. */
const SURE = 0.9;
const LEAST_PROBABILITY = 1e-9;

/**
 * Words from the probabilities of a line by connectionist temporal classification. Where the likeliest
 * classes are sure and make known words they are taken as they are; else, between sure spaces, readings
 * of a beam compete, known words before others as in Tesseract's search.
 */
export function decodeLine(scores: LineScores, alphabet: Alphabet): DecodedLine {
  const { glyphs, clearness } = greedy(scores, alphabet.blank);
  const certain = certainties(scores, glyphs, alphabet.blank);
  const words: DecodedWord[] = [];
  let score = 0;
  for (const segment of segmentsOf(glyphs, certain, scores.steps, alphabet.charset.space)) {
    const sure = isSure(certain, segment) && isAllKnown(segment.glyphs, alphabet);
    const kept = sure ? segment.glyphs : reread(scores, segment, alphabet);
    const read = sure ? certain : certainties(scores, kept, alphabet.blank);
    for (const word of splitAtSpaces(kept, alphabet.charset.space)) {
      const ratio = ratioOfGlyphs(word, alphabet);
      const [first, last] = [word[0] as Glyph, word.at(-1) as Glyph];
      let least = 0;
      for (
        let step = Math.max(segment.from, first.from - 1);
        step < Math.min(segment.to, last.to + 1);
        step += 1
      ) {
        const cost = ((read[step] as number) - STEP_COST) * ratio;
        least = Math.min(least, cost);
        score += cost;
      }
      words.push({ glyphs: word, certainty: least });
    }
  }
  return { words, score, clearness };
}

function greedy(
  { steps, classes, stride, probabilities }: LineScores,
  blank: number,
): { glyphs: Glyph[]; clearness: number } {
  const glyphs: Glyph[] = [];
  let [before, sum, count] = [blank, 0, 0];
  for (let step = 0; step < steps; step += 1) {
    const row = step * stride;
    let best = 0;
    for (let code = 1; code < classes; code += 1) {
      if ((probabilities[row + code] as number) > (probabilities[row + best] as number))
        best = code;
    }
    const last = glyphs.at(-1);
    if (best !== blank && best === before && last) last.to = step + 1;
    else if (best !== blank) glyphs.push({ code: best, from: step, to: step + 1 });
    before = best;
    if (best === blank) continue;
    sum += probabilities[row + best] as number;
    count += 1;
  }
  return { glyphs, clearness: count === 0 ? 0 : sum / count };
}

/**
 * Logarithms of what the network gives a reading at each step. Between a character and its neighbour
 * or nothing it need not decide, but for the step that shows the character best.
 */
function certainties(scores: LineScores, glyphs: Glyph[], blank: number): Float32Array {
  const { steps, stride, probabilities } = scores;
  const at = (step: number, code: number) => probabilities[step * stride + code] as number;
  const result = new Float32Array(steps);
  let step = 0;
  const before = (end: number, left: Glyph | undefined, right: Glyph | undefined) => {
    for (; step < end; step += 1) {
      const sides =
        (left ? at(step, left.code) : 0) +
        (right && right.code !== left?.code ? at(step, right.code) : 0);
      result[step] = Math.log(Math.max(LEAST_PROBABILITY, Math.min(1, at(step, blank) + sides)));
    }
  };
  glyphs.forEach((glyph, index) => {
    before(glyph.from, glyphs[index - 1], glyph);
    let peak = glyph.from;
    for (; step < glyph.to; step += 1) {
      if (at(step, glyph.code) > at(peak, glyph.code)) peak = step;
      const neighbour =
        step === glyph.from
          ? glyphs[index - 1]
          : step === glyph.to - 1
            ? glyphs[index + 1]
            : undefined;
      const beside = neighbour && neighbour.code !== glyph.code ? at(step, neighbour.code) : 0;
      result[step] = Math.log(
        Math.max(LEAST_PROBABILITY, Math.min(1, at(step, glyph.code) + at(step, blank) + beside)),
      );
    }
    result[peak] = Math.log(Math.max(LEAST_PROBABILITY, at(peak, glyph.code)));
  });
  before(steps, glyphs.at(-1), undefined);
  return result;
}

interface Segment {
  glyphs: Glyph[];
  from: number;
  to: number;
}

function segmentsOf(
  glyphs: Glyph[],
  certain: Float32Array,
  steps: number,
  space: number,
): Segment[] {
  const segments: Segment[] = [];
  let segment: Segment = { glyphs: [], from: 0, to: steps };
  for (const glyph of glyphs) {
    const isSpace =
      glyph.code === space && leastOf(certain, glyph.from, glyph.to) >= Math.log(SURE);
    if (!isSpace) {
      segment.glyphs.push(glyph);
      continue;
    }
    segments.push({ ...segment, to: glyph.from });
    segment = { glyphs: [], from: glyph.to, to: steps };
  }
  return [...segments, segment].filter(({ from, to }) => to > from);
}

function isSure(certain: Float32Array, { from, to }: Segment): boolean {
  return leastOf(certain, from, to) >= Math.log(SURE);
}

function isAllKnown(glyphs: Glyph[], alphabet: Alphabet): boolean {
  return splitAtSpaces(glyphs, alphabet.charset.space).every(
    (word) => ratioOfGlyphs(word, alphabet) === 1,
  );
}

function leastOf(values: Float32Array, from: number, to: number): number {
  let least = 0;
  for (let step = from; step < to; step += 1) least = Math.min(least, values[step] as number);
  return least;
}

function reread(scores: LineScores, { from, to }: Segment, alphabet: Alphabet): Glyph[] {
  let best: Glyph[] = [];
  let highest = Number.NEGATIVE_INFINITY;
  for (const { codes, probability, glyphs } of searchBeam(scores, from, to, alphabet.blank)) {
    const score = (probability - STEP_COST * (to - from)) * ratioOf(codes, alphabet);
    if (score <= highest) continue;
    highest = score;
    best = glyphs();
  }
  return best;
}

/** The mean of what the words cost, by their characters. */
function ratioOf(codes: number[], alphabet: Alphabet): number {
  let total = 0;
  let characters = 0;
  let word: number[] = [];
  const end = () => {
    characters += word.length;
    total += word.length * ratioOfWord(word, alphabet);
    word = [];
  };
  for (const code of codes) {
    if (code === alphabet.charset.space) end();
    else word.push(alphabet.charset.unicharOf(code));
  }
  end();
  return characters === 0 ? UNKNOWN_RATIO : total / characters;
}

/** Lists hold shapes of numbers, by far not all. */
const NUMBER_RATIO = 1.8;

function ratioOfWord(word: number[], { charset, lexicon }: Alphabet): number {
  if (lexicon.knows(word)) return 1;
  const isNumber = word.some(charset.isDigit) && !word.some(charset.isLetter);
  return isNumber ? NUMBER_RATIO : UNKNOWN_RATIO;
}

function ratioOfGlyphs(glyphs: Glyph[], alphabet: Alphabet): number {
  return ratioOfWord(
    glyphs.map(({ code }) => alphabet.charset.unicharOf(code)),
    alphabet,
  );
}

function splitAtSpaces(glyphs: Glyph[], space: number): Glyph[][] {
  const words: Glyph[][] = [[]];
  for (const glyph of glyphs) {
    if (glyph.code === space) words.push([]);
    else words.at(-1)?.push(glyph);
  }
  return words.filter((word) => word.length > 0);
}
