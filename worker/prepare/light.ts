import { GRAY_LEVELS_PER_BIN, type Tiles } from './tiles.ts';

/** How the light falls on a page. Tiles in dark boxes do not count. */
export interface Light {
  /** Share of the tiles whose paper would be taken for ink by the one threshold that fits the page best. */
  misjudged: number;
  /** Paper of the dark parts over that of the bright ones (5th and 95th percentile of the tiles). */
  evenness: number;
  /** Gray level of the paper: the median of the tiles. */
  paper: number;
  /** Gray levels from the paper to strokes: the upper quartile of the tiles with text, 0 without any. */
  contrast: number;
  /** Standard deviation of the noise, gray levels: the median of the tiles. */
  noise: number;
  /** Whether what is written is brighter than what it is written on. */
  inverted: boolean;
}

/** Strokes are at least this much darker than their paper: gray levels, standard deviations of the noise. */
const LEAST_CONTRAST = 24;
const LEAST_CONTRAST_IN_NOISE = 4;
/** The threshold should lie at least this many gray levels below the paper. */
const MARGIN = 4;
/** Gray level that the middle of an inverted page does not pass. */
const DARK = 128;

export function measureLight(tiles: Tiles): Light {
  const inside = (levels: Float32Array) => levels.filter((_, tile) => !tiles.boxes[tile]).sort();
  const [papers, noises] = [inside(tiles.paper), inside(tiles.noise)];
  const threshold = otsuThreshold(tiles.histogram);
  const noise = percentile(noises, 0.5);
  const least = Math.max(LEAST_CONTRAST, LEAST_CONTRAST_IN_NOISE * noise);
  const contrasts = inside(tiles.paper.map((paper, tile) => paper - (tiles.ink[tile] as number)));
  return {
    misjudged: papers.filter((level) => level < threshold + MARGIN).length / papers.length,
    evenness: percentile(papers, 0.05) / Math.max(1, percentile(papers, 0.95)),
    paper: percentile(papers, 0.5),
    contrast: percentile(
      contrasts.filter((contrast) => contrast >= least),
      0.75,
    ),
    noise,
    inverted: isInverted(tiles, least),
  };
}

function percentile(sorted: Float32Array, share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}

function isInverted({ ink, darker, brighter }: Tiles, least: number): boolean {
  let inverted = 0;
  let written = 0;
  for (let tile = 0; tile < ink.length; tile++) {
    const [down, up] = [darker[tile] as number, brighter[tile] as number];
    if (Math.max(down, up) < least) continue;
    written++;
    if (up > down && (ink[tile] as number) + down < DARK) inverted++;
  }
  return inverted > written / 2;
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
