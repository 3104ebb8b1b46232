import { GRAY_LEVELS_PER_BIN, type Tiles } from './tiles.ts';

/** How the light falls on a page. */
export interface Light {
  /** The one threshold that separates the page's pixels best, gray level. */
  threshold: number;
  /** Share of the tiles outside of boxes whose paper or whose strokes that threshold would take for the other. */
  misjudged: number;
  /** Paper of the dark parts over that of the bright ones (10th and 90th percentile of the tiles). */
  evenness: number;
  /** Gray levels between paper and strokes: the median of the tiles with text, 0 without any. */
  contrast: number;
}

/** Strokes are at least this much darker than their paper, gray levels. */
const LEAST_CONTRAST = 24;
/** The threshold should lie at least this share of the contrast away from paper and strokes. */
const MARGIN = 0.15;

export function measureLight({ paper, ink, boxes, histogram }: Tiles): Light {
  const threshold = otsuThreshold(histogram);
  let misjudged = 0;
  let judged = 0;
  const contrasts: number[] = [];
  for (let tile = 0; tile < paper.length; tile++) {
    if (boxes[tile]) continue;
    judged++;
    const light = paper[tile] as number;
    const dark = ink[tile] as number;
    const contrast = light - dark;
    const written = contrast >= LEAST_CONTRAST;
    if (written) contrasts.push(contrast);
    const margin = MARGIN * Math.max(contrast, LEAST_CONTRAST);
    if (threshold > light - margin || (written && threshold < dark + margin)) misjudged++;
  }
  const sorted = paper.slice().sort();
  const level = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] as number;
  return {
    threshold,
    misjudged: misjudged / Math.max(1, judged),
    evenness: level(0.1) / Math.max(1, level(0.9)),
    contrast: contrasts.sort((one, other) => one - other)[contrasts.length >> 1] ?? 0,
  };
}

/**
 * N. Otsu, "A threshold selection method from gray-level histograms", 1979. The middle of the levels
 * that separate as well, so that it lies between black and white on a bilevel page.
 */
export function otsuThreshold(histogram: Uint32Array): number {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  const weighted = histogram.reduce((sum, count, bin) => sum + count * bin, 0);
  let below = 0;
  let belowSum = 0;
  let best = 0;
  let [first, last] = [0, 0];
  for (const [bin, count] of histogram.entries()) {
    below += count;
    belowSum += bin * count;
    const above = total - below;
    if (below === 0 || above === 0) continue;
    const between = below * above * (belowSum / below - (weighted - belowSum) / above) ** 2;
    if (between > best) [best, first] = [between, bin];
    if (between === best) last = bin;
  }
  return ((first + last) / 2 + 1) * GRAY_LEVELS_PER_BIN;
}
