import sharp from 'sharp';
import type { GrayRaster } from '#worker/page/raster.ts';
import { findComponents } from './components.ts';
import type { Measures } from './measure.ts';

/** Pixels of x-height from which strokes are so thick that a median of 3 × 3 pixels leaves them. */
const THICK = 18;
/** Sides of a dark speck in x-heights, and pixels at least. */
const MOST_SIDE = 0.12;
const LEAST_SIDE = 2;
/** Where strokes end, between ink and paper. */
const EDGE = 0.45;
/** Pixels beside a speck that are neither ink nor paper. */
const HALO = 1;

/** Takes specks away: single pixels that differ from all around, and dark dots that are too small for letters. */
export async function despeckle(
  raster: GrayRaster,
  { flat: { paper, contrast }, xHeight }: Pick<Measures, 'flat' | 'xHeight'>,
): Promise<GrayRaster> {
  const data = xHeight >= THICK ? await median(raster) : raster.data.slice();
  const cleaned = { ...raster, data };
  eraseSpecks(cleaned, paper - EDGE * contrast, Math.max(LEAST_SIDE, MOST_SIDE * xHeight), paper);
  return cleaned;
}

async function median({ data, width, height }: GrayRaster): Promise<Uint8Array> {
  const raw = { width, height, channels: 1 as const };
  return sharp(data, { raw, limitInputPixels: false })
    .median(3)
    .toColourspace('b-w')
    .raw()
    .toBuffer();
}

function eraseSpecks(raster: GrayRaster, threshold: number, most: number, paper: number): void {
  const { data, width, height } = raster;
  const found = findComponents(raster, threshold);
  for (let index = 0; index < found.count; index++) {
    const [x0, y0] = [found.x0[index] as number, found.y0[index] as number];
    const [x1, y1] = [found.x1[index] as number, found.y1[index] as number];
    if (Math.max(x1 - x0, y1 - y0) > most) continue;
    for (let y = Math.max(0, y0 - HALO); y < Math.min(height, y1 + HALO); y++) {
      data.fill(paper, y * width + Math.max(0, x0 - HALO), y * width + Math.min(width, x1 + HALO));
    }
  }
}
