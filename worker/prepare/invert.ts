import type { GrayRaster } from '#worker/page/raster.ts';

/** Black for white. */
export function invert(raster: GrayRaster): GrayRaster {
  return { ...raster, data: raster.data.map((value) => 255 - value) };
}
