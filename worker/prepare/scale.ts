import sharp from 'sharp';
import type { GrayRaster } from '#worker/page/raster.ts';

/** What the scale at which a page is read depends on. */
export interface ScaleMeasures {
  /** Height of its lower-case letters, pixels; 0 where it has too few letters. */
  xHeight: number;
}

/** Pixels of x-height that the engine reads as well as any more: its time grows with the pixels. */
const WANTED_X_HEIGHT = 14;
/** A page whose letters are this near to it, as a share, keeps its pixels. */
const NEAR = 0.15;
const LEAST_SCALE = 0.2;
/** Enlarging adds no detail; the engine only wants letters of the size that it was trained on. */
const MOST_SCALE = 2;

/** The scale at which a page is read. */
export function chooseScale({ xHeight }: ScaleMeasures): number {
  if (xHeight === 0) return 1;
  const scale = WANTED_X_HEIGHT / xHeight;
  if (Math.abs(scale - 1) <= NEAR) return 1;
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
