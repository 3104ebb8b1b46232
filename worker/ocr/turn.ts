import type { Turn } from '#worker/page/preview.ts';
import type { GrayRaster } from '#worker/page/raster.ts';

/** The raster turned clockwise. */
export function turnRaster(raster: GrayRaster, turn: Turn): GrayRaster {
  if (turn === 0) return raster;
  const { data, width, height, dpi } = raster;
  if (turn === 180) return { data: data.slice().reverse(), width, height, dpi };
  const turned = new Uint8Array(data.length);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const to = turn === 90 ? x * height + (height - 1 - y) : (width - 1 - x) * height + y;
      turned[to] = data[at] as number;
    }
  }
  return { data: turned, width: height, height: width, dpi };
}
