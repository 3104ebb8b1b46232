import sharp from 'sharp';
import type { GrayRaster } from '#worker/page/raster.ts';

/** What the scale at which a page is read depends on. */
export interface ScaleMeasures {
  /** Height of its lower-case letters, pixels; 0 where it has too few letters. */
  xHeight: number;
  /** Pixels per inch of the page. */
  dpi: number;
}

/** Pixels of x-height between which the engine reads as well as it ever does. */
const LEAST_X_HEIGHT = 9;
const MOST_X_HEIGHT = 14;
/** What letters that are higher or lower are brought to; the time of a page grows with its pixels. */
const WANTED_X_HEIGHT = 12;
const LEAST_SCALE = 0.2;
/** Enlarging adds no detail; the engine only wants letters of the size that it was trained on. */
const MOST_SCALE = 2;

/** Enough for letters of usual size where there are too few to measure. */
const USUAL_DPI = 200;

/** The scale at which a page is read. */
export function chooseScale({ xHeight, dpi }: ScaleMeasures): number {
  if (xHeight === 0) return Math.min(1, USUAL_DPI / dpi);
  if (xHeight >= LEAST_X_HEIGHT && xHeight <= MOST_X_HEIGHT) return 1;
  const scale = WANTED_X_HEIGHT / xHeight;
  return Math.min(MOST_SCALE, Math.max(LEAST_SCALE, scale));
}

/** The raster at another size: shrunk by averaging, so that bilevel pixels turn gray; enlarged by cubics. */
export async function scaleRaster(raster: GrayRaster, scale: number): Promise<GrayRaster> {
  if (scale === 1) return raster;
  const { data, width, height, dpi } = raster;
  const { data: scaled, info } = await sharp(data, {
    raw: { width, height, channels: 1 },
    limitInputPixels: false,
  })
    .resize(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)), {
      fit: 'fill',
      kernel: scale < 1 ? 'linear' : 'cubic',
    })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: scaled, width: info.width, height: info.height, dpi: dpi * scale };
}

/** Means of 2 × 2 pixels; an odd row or column at the end is left out. */
export function halve({ data, width, height, dpi }: GrayRaster): GrayRaster {
  const [halfWidth, halfHeight] = [width >> 1, height >> 1];
  const half = new Uint8Array(halfWidth * halfHeight);
  for (let y = 0, to = 0; y < halfHeight; y++) {
    for (let x = 0, at = 2 * y * width; x < halfWidth; x++, at += 2, to++) {
      const upper = (data[at] as number) + (data[at + 1] as number);
      const lower = (data[at + width] as number) + (data[at + width + 1] as number);
      half[to] = (upper + lower + 2) >> 2;
    }
  }
  return { data: half, width: halfWidth, height: halfHeight, dpi: dpi / 2 };
}
