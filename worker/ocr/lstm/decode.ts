import { type Alphabet, ratioOf } from './alphabet.ts';
import { type Candidate, searchBeam } from './beam.ts';
import { certaintiesOf, type Glyph, readGreedily } from './ctc.ts';
import type { LineScores } from './recognizer.ts';

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

/** Tesseract's: what every step costs. */
const STEP_COST = 0.085;
/** Probability below which a step is looked at again with all that it may stand for. */
const SURE = Math.log(0.9);
/** Steps without a sure space that are no word: a longer search only costs time. */
const MOST_STEPS = 250;

/**
 * Words from the probabilities of a line by connectionist temporal classification. Where the likeliest
 * classes are sure and make known words they are taken as they are; else, between sure spaces, readings
 * of a beam compete, known words before others as in Tesseract's search.
 */
export function decodeLine(scores: LineScores, alphabet: Alphabet): DecodedLine {
  const { space } = alphabet.charset;
  const { glyphs, clearness } = readGreedily(scores, alphabet.blank);
  const certain = certaintiesOf(scores, glyphs, alphabet.blank);
  const words: DecodedWord[] = [];
  const costs = certain.map((certainty) => certainty - STEP_COST);
  for (const segment of segmentsOf(glyphs, certain, scores.steps, space)) {
    const kept = readSegment(scores, segment, certain, alphabet);
    const read = kept === segment.glyphs ? certain : certaintiesOf(scores, kept, alphabet.blank);
    const ratio = ratioOf(codesOf(kept), alphabet);
    for (let step = segment.from; step < segment.to; step += 1) {
      costs[step] = ((read[step] as number) - STEP_COST) * ratio;
    }
    for (const word of splitAtSpaces(kept, space)) {
      const from = Math.max(segment.from, (word[0] as Glyph).from - 1);
      const to = Math.min(segment.to, (word.at(-1) as Glyph).to + 1);
      const least = leastOf(read, from, to) - STEP_COST;
      words.push({ glyphs: word, certainty: least * ratioOf(codesOf(word), alphabet) });
    }
  }
  return { words, score: costs.reduce((sum, cost) => sum + cost, 0), clearness };
}

/** What stands between two sure spaces. */
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
    if (glyph.code !== space || leastOf(certain, glyph.from, glyph.to) < SURE) {
      segment.glyphs.push(glyph);
      continue;
    }
    segments.push({ ...segment, to: glyph.from });
    segment = { glyphs: [], from: glyph.to, to: steps };
  }
  return [...segments, segment].filter(({ from, to }) => to > from);
}

function readSegment(
  scores: LineScores,
  { glyphs, from, to }: Segment,
  certain: Float32Array,
  alphabet: Alphabet,
): Glyph[] {
  const isSure = leastOf(certain, from, to) >= SURE;
  const isKnown = glyphs.length === 0 || ratioOf(codesOf(glyphs), alphabet) === 1;
  if ((isSure && isKnown) || to - from > MOST_STEPS) return glyphs;
  let [best, highest]: [Candidate | undefined, number] = [undefined, Number.NEGATIVE_INFINITY];
  for (const candidate of searchBeam(scores, from, to, alphabet.blank)) {
    const score =
      (candidate.probability - STEP_COST * (to - from)) * ratioOf(candidate.codes, alphabet);
    if (score > highest) [best, highest] = [candidate, score];
  }
  return best?.glyphs() ?? glyphs;
}

function splitAtSpaces(glyphs: Glyph[], space: number): Glyph[][] {
  const words: Glyph[][] = [[]];
  for (const glyph of glyphs) {
    if (glyph.code === space) words.push([]);
    else words.at(-1)?.push(glyph);
  }
  return words.filter((word) => word.length > 0);
}

function codesOf(glyphs: Glyph[]): number[] {
  return glyphs.map(({ code }) => code);
}

function leastOf(values: Float32Array, from: number, to: number): number {
  let least = 0;
  for (let step = from; step < to; step += 1) least = Math.min(least, values[step] as number);
  return least;
}
