import type { Box } from '#server/pages/layout.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import { type Components, findComponents } from '#worker/prepare/components.ts';
import { boxOf } from './leaders.ts';

/** Inches of a side from which a dark area may hold text. */
const LEAST_SIDE = 0.12;
/** Inches of the height of a letter. */
const LEAST_LETTER = 0.03;
const MOST_LETTER = 0.5;
const FEW_LETTERS = 3;
/** Share of the area that is light: letters, not a page with a frame. */
const MOST_LIGHT = 0.45;

/** Turns white on black around, on the raster itself, within the dark areas that hold light letters. */
export function invertDark(raster: GrayRaster, solids: Box[], threshold: number): Box[] {
  const least = LEAST_SIDE * raster.dpi;
  const large = solids.filter(([x0, y0, x1, y1]) => Math.min(x1 - x0, y1 - y0) >= least);
  return large.filter((box) => {
    const negative = cut(raster, box);
    const letters = findComponents(negative, 255 - threshold);
    if (!holdsText(letters, negative)) return false;
    paste(raster, negative, box);
    return true;
  });
}

function holdsText(found: Components, { width, height, dpi }: GrayRaster): boolean {
  let letters = 0;
  let light = 0;
  for (let index = 0; index < found.count; index++) {
    const [x0, y0, x1, y1] = boxOf(found, index);
    light += found.area[index] as number;
    const inside = x0 > 0 && y0 > 0 && x1 < width && y1 < height;
    const tall = y1 - y0 >= LEAST_LETTER * dpi && y1 - y0 <= MOST_LETTER * dpi;
    if (inside && tall && x1 - x0 <= 2 * MOST_LETTER * dpi) letters++;
  }
  return letters >= FEW_LETTERS && light <= MOST_LIGHT * width * height;
}

function cut(raster: GrayRaster, [x0, y0, x1, y1]: Box): GrayRaster {
  const [width, height] = [x1 - x0, y1 - y0];
  const data = new Uint8Array(width * height);
  for (let y = 0, to = 0; y < height; y++) {
    const from = (y0 + y) * raster.width + x0;
    for (let x = 0; x < width; x++, to++) data[to] = 255 - (raster.data[from + x] as number);
  }
  return { data, width, height, dpi: raster.dpi };
}

function paste(raster: GrayRaster, part: GrayRaster, [x0, y0]: Box): void {
  for (let y = 0; y < part.height; y++) {
    const row = part.data.subarray(y * part.width, (y + 1) * part.width);
    raster.data.set(row, (y0 + y) * raster.width + x0);
  }
}
