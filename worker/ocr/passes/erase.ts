import type { Box } from '#server/pages/layout.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import type { Rule } from './rules.ts';

/** Pixels beside a stroke that are neither ink nor paper. */
const HALO = 2;

/**
 * Paints rules in the colour of the paper beside them, on the raster itself; strokes of letters that
 * cross them stay.
 */
export function eraseRules(raster: GrayRaster, rules: Rule[], threshold: number): void {
  for (const rule of rules) if (rule.along === 'row') eraseRule(raster, rule, threshold);
  for (const rule of rules) if (rule.along === 'column') eraseRule(raster, rule, threshold);
}

function eraseRule(raster: GrayRaster, rule: Rule, threshold: number): void {
  const { data, width, height } = raster;
  const [start, step, stride, size] =
    rule.along === 'row' ? [rule.box[0], 1, width, height] : [rule.box[1] * width, width, 1, width];
  rule.from.forEach((first, index) => {
    const origin = start + index * step;
    const from = Math.max(0, first - HALO);
    const to = Math.min(size, (rule.to[index] as number) + HALO);
    const before = data[origin + Math.max(0, from - 1) * stride] as number;
    const after = data[origin + Math.min(size - 1, to) * stride] as number;
    if (before < threshold && after < threshold) return;
    const paper = Math.max(before, after);
    const [keepFrom, keepTo] = [before < threshold ? HALO : 0, after < threshold ? HALO : 0];
    for (let at = from + keepFrom; at < to - keepTo; at++) data[origin + at * stride] = paper;
  });
}

/** Paints boxes in one shade, with what is around their edges. */
export function eraseBoxes({ data, width, height }: GrayRaster, boxes: Box[], paper: number): void {
  for (const [x0, y0, x1, y1] of boxes) {
    for (let y = Math.max(0, y0 - HALO); y < Math.min(height, y1 + HALO); y++) {
      data.fill(paper, y * width + Math.max(0, x0 - HALO), y * width + Math.min(width, x1 + HALO));
    }
  }
}
