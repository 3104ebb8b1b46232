import type { LineScores } from './recognizer.ts';

/** A character in a line: the steps that it was seen at, the last excluded. */
export interface Glyph {
  code: number;
  from: number;
  to: number;
}

const LEAST_PROBABILITY = 1e-9;

/** The likeliest class of each step, those that follow each other as one character, and how clear they are. */
export function readGreedily(
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
export function certaintiesOf(scores: LineScores, glyphs: Glyph[], blank: number): Float32Array {
  const { steps, stride, probabilities } = scores;
  const at = (step: number, code: number) => probabilities[step * stride + code] as number;
  const result = new Float32Array(steps);
  const allow = (step: number, codes: (number | undefined)[]) => {
    let sum = at(step, blank);
    for (const code of new Set(codes)) if (code !== undefined) sum += at(step, code);
    result[step] = logarithm(sum);
  };
  let end = 0;
  glyphs.forEach(({ code, from, to }, index) => {
    const [before, after] = [glyphs[index - 1]?.code, glyphs[index + 1]?.code];
    for (let step = end; step < from; step += 1) allow(step, [before, code]);
    let peak = from;
    for (let step = from; step < to; step += 1) {
      if (at(step, code) > at(peak, code)) peak = step;
      const beside = step === from ? before : step === to - 1 ? after : undefined;
      allow(step, [code, beside]);
    }
    result[peak] = logarithm(at(peak, code));
    end = to;
  });
  for (let step = end; step < steps; step += 1) allow(step, [glyphs.at(-1)?.code]);
  return result;
}

function logarithm(probability: number): number {
  return Math.log(Math.min(1, Math.max(LEAST_PROBABILITY, probability)));
}
