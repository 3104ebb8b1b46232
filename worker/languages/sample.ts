import type { GrayRaster } from '#worker/page/raster.ts';
import { otsuThreshold } from '#worker/prepare/light.ts';
import { GRAY_LEVELS_PER_BIN } from '#worker/prepare/tiles.ts';

/** Heights of a small letter: about three lines of text. */
const HEIGHT = 9;
/** Heights of a small letter by which the edges move to stand between lines. */
const REACH = 2;
/** Every nth pixel is looked at for the threshold. */
const STEP = 7;

/**
 * The few lines of an upright page with most letters, to find its language by; null where there is
 * hardly a line. `xHeight` is the height of its small letters, pixels.
 */
export function cutSample(page: GrayRaster, xHeight: number): GrayRaster | null {
  const wanted = Math.round(HEIGHT * xHeight);
  if (xHeight === 0 || page.height < wanted) return null;
  const edges = countEdges(page);
  const first = densest(edges, wanted);
  const reach = Math.round(REACH * xHeight);
  const top = emptiest(edges, first - reach, first + reach);
  const bottom = emptiest(edges, first + wanted - reach, first + wanted + reach);
  const data = page.data.subarray(top * page.width, bottom * page.width);
  return { data, width: page.width, height: bottom - top, dpi: page.dpi };
}

/** How often each row goes from paper to ink: often in text, hardly in pictures. */
function countEdges({ data, width, height }: GrayRaster): Uint16Array {
  const threshold = thresholdOf(data);
  const edges = new Uint16Array(height);
  for (let y = 0, at = 0; y < height; y++) {
    let dark = true;
    for (const end = at + width; at < end; at++) {
      const isDark = (data[at] as number) < threshold;
      if (isDark && !dark) edges[y] = (edges[y] as number) + 1;
      dark = isDark;
    }
  }
  return edges;
}

function thresholdOf(data: Uint8Array): number {
  const histogram = new Uint32Array(256 / GRAY_LEVELS_PER_BIN);
  for (let at = 0; at < data.length; at += STEP) {
    (histogram[Math.floor((data[at] as number) / GRAY_LEVELS_PER_BIN)] as number)++;
  }
  return otsuThreshold(histogram);
}

/** The first of `wanted` rows that have most edges. */
function densest(edges: Uint16Array, wanted: number): number {
  let sum = edges.subarray(0, wanted).reduce((total, count) => total + count, 0);
  let [best, first] = [sum, 0];
  for (let row = wanted; row < edges.length; row++) {
    sum += (edges[row] as number) - (edges[row - wanted] as number);
    if (sum > best) [best, first] = [sum, row - wanted + 1];
  }
  return first;
}

function emptiest(edges: Uint16Array, from: number, to: number): number {
  let best = Math.max(0, from);
  for (let row = best; row < Math.min(edges.length, to); row++) {
    if ((edges[row] as number) < (edges[best] as number)) best = row;
  }
  return best;
}
