import type { GrayRaster } from '#worker/page/raster.ts';
import type { Affine } from './affine.ts';

export interface Deskewed {
  raster: GrayRaster;
  /** From its pixels to those of the raster that was given. */
  toSource: Affine;
}

/**
 * Turns the content counter-clockwise by `skew` degrees about its middle, on a raster that holds all
 * of it; what comes in at the corners gets `paper`.
 */
export function deskew(raster: GrayRaster, skew: number, paper: number): Deskewed {
  const angle = (skew * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const width = Math.ceil(raster.width * cos + raster.height * Math.abs(sin));
  const height = Math.ceil(raster.height * cos + raster.width * Math.abs(sin));
  const toSource: Affine = [
    cos,
    sin,
    -sin,
    cos,
    raster.width / 2 - (cos * width - sin * height) / 2,
    raster.height / 2 - (sin * width + cos * height) / 2,
  ];
  const data = new Uint8Array(width * height).fill(paper);
  for (let y = 0; y < height; y++) interpolateRow(raster, data, y, width, toSource);
  return { raster: { data, width, height, dpi: raster.dpi }, toSource };
}

const FRACTION_BITS = 16;
const ONE = 1 << FRACTION_BITS;

/** Bilinear interpolation in fixed point; the middle of a pixel is at a half. */
function interpolateRow(
  { data, width, height }: GrayRaster,
  target: Uint8Array,
  y: number,
  targetWidth: number,
  [a, b, c, d, e, f]: Affine,
): void {
  let sx = Math.round((0.5 * a + (y + 0.5) * c + e - 0.5) * ONE);
  let sy = Math.round((0.5 * b + (y + 0.5) * d + f - 0.5) * ONE);
  const [stepX, stepY] = [Math.round(a * ONE), Math.round(b * ONE)];
  for (let at = y * targetWidth, end = at + targetWidth; at < end; at++, sx += stepX, sy += stepY) {
    const left = sx >> FRACTION_BITS;
    const top = sy >> FRACTION_BITS;
    if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) continue;
    const from = top * width + left;
    const shareX = (sx & (ONE - 1)) >> 8;
    const shareY = (sy & (ONE - 1)) >> 8;
    const upper = (data[from] as number) * (256 - shareX) + (data[from + 1] as number) * shareX;
    const lower =
      (data[from + width] as number) * (256 - shareX) + (data[from + width + 1] as number) * shareX;
    target[at] = (upper * (256 - shareY) + lower * shareY + (1 << 15)) >> 16;
  }
}
