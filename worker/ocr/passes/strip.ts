import type { Box } from '#server/pages/layout.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import { scaleRaster } from '#worker/prepare/scale.ts';
import type { Fragment } from './uncovered.ts';

/** Pixels: tall letters are brought to this height, lines stand so far apart, and from the edges. */
const LETTER_HEIGHT = 26;
const PITCH = 70;
const MARGIN = 30;
/** Of a fragment's own surroundings that are copied with it, in heights of its letters. */
const AROUND = 0.3;
/** Letters of nearly the right height keep their pixels. */
const NEAR = 0.2;
const MOST_SCALE = 3;

export interface Strip {
  raster: GrayRaster;
  /** The place on the page of a box on the strip, and whose it is. */
  locate(box: Box): { fragment: number; box: Box };
}

/**
 * Sets fragments of a page one below the other, their letters of one height: a page that an engine
 * reads as one block, however the fragments lay.
 */
export async function composeStrip(
  page: GrayRaster,
  fragments: Fragment[],
  paper: number,
): Promise<Strip> {
  const parts = await Promise.all(fragments.map((fragment) => cutOut(page, fragment)));
  const width = Math.max(...parts.map(({ raster }) => raster.width)) + 2 * MARGIN;
  const tops: number[] = [];
  let height = MARGIN;
  for (const { raster } of parts) {
    tops.push(height);
    height += Math.max(PITCH, raster.height + PITCH / 3);
  }
  height = Math.ceil(height) + MARGIN;
  const data = new Uint8Array(width * height).fill(paper);
  parts.forEach(({ raster }, index) => {
    for (let y = 0; y < raster.height; y++) {
      const row = raster.data.subarray(y * raster.width, (y + 1) * raster.width);
      data.set(row, (Math.floor(tops[index] as number) + y) * width + MARGIN);
    }
  });
  return {
    raster: { data, width, height, dpi: STRIP_DPI },
    locate: (box) => {
      const middle = (box[1] + box[3]) / 2;
      const after = tops.findIndex((top) => top - PITCH / 6 > middle);
      const fragment = Math.max(0, (after < 0 ? tops.length : after) - 1);
      const { origin, scale } = parts[fragment] as Part;
      const [left, top] = [MARGIN, Math.floor(tops[fragment] as number)];
      const x = (value: number) => origin[0] + (value - left) / scale;
      const y = (value: number) => origin[1] + (value - top) / scale;
      return { fragment, box: [x(box[0]), y(box[1]), x(box[2]), y(box[3])] };
    },
  };
}

/** Letters of that height are about 10 points high then. */
const STRIP_DPI = 250;

interface Part {
  raster: GrayRaster;
  /** Where it was on the page. */
  origin: [x: number, y: number];
  scale: number;
}

async function cutOut(page: GrayRaster, { box, height }: Fragment): Promise<Part> {
  const around = Math.ceil(AROUND * height);
  const x0 = Math.max(0, Math.floor(box[0]) - around);
  const y0 = Math.max(0, Math.floor(box[1]) - around);
  const x1 = Math.min(page.width, Math.ceil(box[2]) + around);
  const y1 = Math.min(page.height, Math.ceil(box[3]) + around);
  const [width, rows] = [x1 - x0, y1 - y0];
  const data = new Uint8Array(width * rows);
  for (let y = 0; y < rows; y++) {
    const from = (y0 + y) * page.width + x0;
    data.set(page.data.subarray(from, from + width), y * width);
  }
  const wanted = Math.min(MOST_SCALE, LETTER_HEIGHT / height);
  const scale = Math.abs(wanted - 1) <= NEAR ? 1 : wanted;
  const raster = await scaleRaster({ data, width, height: rows, dpi: page.dpi }, scale);
  return { raster, origin: [x0, y0], scale: raster.width / width };
}
