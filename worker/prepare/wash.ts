import type { GrayRaster } from '#worker/page/raster.ts';
import type { Light } from './light.ts';

/** What is less than this share as dark as the ink becomes paper. */
const PALE = 0.45;

/** Leaves only the ink: what shines through from the back, stains and dirt are paler than that. */
export function washOut(raster: GrayRaster, { paper, contrast }: Light): GrayRaster {
  const black = paper - contrast;
  const gain = 255 / Math.max(1, (1 - PALE) * contrast);
  const levels = Uint8Array.from({ length: 256 }, (_, level) =>
    Math.min(255, Math.max(0, Math.round((level - black) * gain))),
  );
  return { ...raster, data: raster.data.map((value) => levels[value] as number) };
}
