import type { Box } from '#server/pages/layout.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import { boxOf, type Components } from '#worker/prepare/components.ts';

/** Inches of a side of a box to tick. */
const SIDE = { least: 0.08, most: 0.3 };
/** By which part of its side it may be higher than wide. */
const UNLIKE = 0.12;
/** Share of it that is ink: of an empty one at most, also with a cross; of a filled one at least. */
const OUTLINE = 0.45;
const FILLED = 0.9;
/** Share of each of its sides that is drawn, and how deep from its bounds, of a side. */
const DRAWN = 0.95;
const DEPTH = 0.12;
/** Sides to the next letter: what stands closer is a character of a line, as 口 is. */
const LEAST_GAP = 0.25;

/** The components that are boxes to tick, empty, crossed or filled: squares that stand by themselves. */
export function findCheckboxes(ink: Components, raster: GrayRaster, threshold: number): number[] {
  const squares: number[] = [];
  for (let index = 0; index < ink.count; index++) {
    const box = boxOf(ink, index);
    if (!isSquare(box, raster.dpi)) continue;
    const [width, height] = [box[2] - box[0], box[3] - box[1]];
    const filled = (ink.area[index] as number) / (width * height);
    if (filled > OUTLINE && filled < FILLED) continue;
    if (hasSides(box, raster, threshold) && standsAlone(box, raster, threshold))
      squares.push(index);
  }
  return squares;
}

function isSquare([x0, y0, x1, y1]: Box, dpi: number): boolean {
  const [width, height] = [x1 - x0, y1 - y0];
  const long = Math.max(width, height);
  if (long < SIDE.least * dpi || long > SIDE.most * dpi) return false;
  return Math.abs(width - height) <= Math.max(2, UNLIKE * long);
}

/** Whether it is drawn along its bounds, corners included, which no letter is. */
function hasSides([x0, y0, x1, y1]: Box, { data, width }: GrayRaster, threshold: number): boolean {
  const depth = Math.max(2, Math.round(DEPTH * (x1 - x0)));
  const isDrawn = (length: number, at: (along: number, inwards: number) => number) => {
    let drawn = 0;
    for (let along = 0; along < length; along++) {
      for (let inwards = 0; inwards < depth; inwards++) {
        if ((data[at(along, inwards)] as number) >= threshold) continue;
        drawn++;
        break;
      }
    }
    return drawn >= DRAWN * length;
  };
  return (
    isDrawn(x1 - x0, (along, inwards) => (y0 + inwards) * width + x0 + along) &&
    isDrawn(x1 - x0, (along, inwards) => (y1 - 1 - inwards) * width + x0 + along) &&
    isDrawn(y1 - y0, (along, inwards) => (y0 + along) * width + x0 + inwards) &&
    isDrawn(y1 - y0, (along, inwards) => (y0 + along) * width + x1 - 1 - inwards)
  );
}

function standsAlone([x0, y0, x1, y1]: Box, raster: GrayRaster, threshold: number): boolean {
  const gap = Math.round(LEAST_GAP * (x1 - x0));
  const isFree = (from: number, to: number) => {
    for (let y = y0; y < y1; y++) {
      for (let x = Math.max(0, from); x < Math.min(raster.width, to); x++) {
        if ((raster.data[y * raster.width + x] as number) < threshold) return false;
      }
    }
    return true;
  };
  return isFree(x0 - gap, x0) && isFree(x1, x1 + gap);
}
