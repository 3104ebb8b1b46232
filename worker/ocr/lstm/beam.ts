import type { Glyph } from './ctc.ts';
import type { LineScores } from './recognizer.ts';

export interface Candidate {
  codes: number[];
  /** Natural logarithm. */
  probability: number;
  /** Where in the line its characters were seen. */
  glyphs: () => Glyph[];
}

const BEAM = 16;
/** Classes less probable than this at a step are not followed. */
const LEAST = 0.004;

/** A reading as far as a step: its last character after those of its parent. */
interface Prefix {
  code: number;
  parent: Prefix | undefined;
  children: Map<number, Prefix>;
  /** Probability of all alignments that end in nothing, and in its last character. */
  inBlank: number;
  inCode: number;
  nextInBlank: number;
  nextInCode: number;
}

/**
 * The likeliest readings of the steps `from` to `to`, the last excluded: prefix beam search for
 * connectionist temporal classification (Graves, Supervised Sequence Labelling, 2012, 7.5).
 */
export function searchBeam(
  scores: LineScores,
  from: number,
  to: number,
  blank: number,
): Candidate[] {
  let beam = [prefixOf(blank, undefined)];
  (beam[0] as Prefix).inBlank = 1;
  let scale = 0;
  for (let step = from; step < to; step += 1) {
    beam = advance(beam, scores, step, blank);
    const top = Math.max(...beam.map(({ inBlank, inCode }) => inBlank + inCode));
    scale += Math.log(top);
    for (const prefix of beam) {
      prefix.inBlank /= top;
      prefix.inCode /= top;
    }
  }
  return beam.map((prefix) => {
    const codes = codesOf(prefix);
    return {
      codes,
      probability: Math.log(prefix.inBlank + prefix.inCode) + scale,
      glyphs: () => align(scores, from, to, codes, blank),
    };
  });
}

function advance(
  beam: Prefix[],
  { classes, stride, probabilities }: LineScores,
  step: number,
  blank: number,
): Prefix[] {
  const row = step * stride;
  const followed: number[] = [];
  for (let code = 0; code < classes; code += 1) {
    if (code !== blank && (probabilities[row + code] as number) >= LEAST) followed.push(code);
  }
  const reached = new Set<Prefix>();
  for (const prefix of beam) {
    const total = prefix.inBlank + prefix.inCode;
    reached.add(prefix);
    prefix.nextInBlank += total * (probabilities[row + blank] as number);
    if (prefix.parent)
      prefix.nextInCode += prefix.inCode * (probabilities[row + prefix.code] as number);
    for (const code of followed) {
      const child = childOf(prefix, code);
      const enters = prefix.parent && code === prefix.code ? prefix.inBlank : total;
      child.nextInCode += enters * (probabilities[row + code] as number);
      reached.add(child);
    }
  }
  const next = [...reached];
  for (const prefix of new Set([...next, ...beam])) {
    prefix.inBlank = prefix.nextInBlank;
    prefix.inCode = prefix.nextInCode;
    prefix.nextInBlank = 0;
    prefix.nextInCode = 0;
  }
  next.sort((a, b) => b.inBlank + b.inCode - a.inBlank - a.inCode);
  for (const dropped of next.slice(BEAM)) {
    dropped.inBlank = 0;
    dropped.inCode = 0;
  }
  return next.slice(0, BEAM);
}

function childOf(prefix: Prefix, code: number): Prefix {
  let child = prefix.children.get(code);
  if (!child) {
    child = prefixOf(code, prefix);
    prefix.children.set(code, child);
  }
  return child;
}

function prefixOf(code: number, parent: Prefix | undefined): Prefix {
  return {
    code,
    parent,
    children: new Map(),
    inBlank: 0,
    inCode: 0,
    nextInBlank: 0,
    nextInCode: 0,
  };
}

function codesOf(prefix: Prefix): number[] {
  const codes: number[] = [];
  for (let at: Prefix | undefined = prefix; at?.parent; at = at.parent) codes.unshift(at.code);
  return codes;
}

/** The likeliest places of given characters (Viterbi over characters with nothing between them). */
function align(
  { stride, probabilities }: LineScores,
  from: number,
  to: number,
  codes: number[],
  blank: number,
): Glyph[] {
  const states = codes.flatMap((code) => [blank, code]);
  states.push(blank);
  const steps = to - from;
  const came = new Uint8Array(steps * states.length);
  let best = new Float64Array(states.length).fill(Number.NEGATIVE_INFINITY);
  for (let step = 0; step < steps; step += 1) {
    const next = new Float64Array(states.length).fill(Number.NEGATIVE_INFINITY);
    states.forEach((code, state) => {
      const emitted = Math.log((probabilities[(from + step) * stride + code] as number) + 1e-30);
      if (step === 0) {
        if (state < 2) next[state] = emitted;
        return;
      }
      const skips = code !== blank && code !== states[state - 2];
      let back = 0;
      if (state > 0 && (best[state - 1] as number) > (best[state] as number)) back = 1;
      if (skips && state > 1 && (best[state - 2] as number) > (best[state - back] as number))
        back = 2;
      next[state] = (best[state - back] as number) + emitted;
      came[step * states.length + state] = back;
    });
    best = next;
  }
  const last = states.length - 1;
  let state = last > 0 && (best[last - 1] as number) > (best[last] as number) ? last - 1 : last;
  const glyphs: Glyph[] = [];
  for (let step = steps - 1; step >= 0; step -= 1) {
    if (state % 2 === 1) {
      const first = glyphs[0];
      const place = (state - 1) / 2;
      if (first && glyphs.length === codes.length - place) first.from = from + step;
      else
        glyphs.unshift({ code: states[state] as number, from: from + step, to: from + step + 1 });
    }
    state -= came[step * states.length + state] as number;
  }
  return glyphs;
}
