import type { Block, Box } from '#server/pages/layout.ts';
import { type GrayRaster, isBlank } from '#worker/page/raster.ts';
import { POINTS_PER_INCH } from './resolution.ts';

/** Around a word, of its height: boxes of text are not those of its ink. */
const PADDING = 0.2;
/** Ink that the words of an earlier OCR leave, below this share, is rims of letters. */
const LEAST_LEFT = 0.1;
/** Gray levels from the paper on which something is ink. */
const INK_DISTANCE = 48;
const WHITE = 255;

/**
 * What is left of a raster to read: its `regions` (points of the page; null for all of it) without the
 * words that are known. Null where nothing is left.
 */
export function leaveUnread(
  raster: GrayRaster,
  regions: Box[] | null,
  known: Block[],
): GrayRaster | null {
  const scale = raster.dpi / POINTS_PER_INCH;
  const boxes = regions?.map((box) => pixels(box.map((side) => side * scale) as Box, raster));
  if (boxes === undefined && known.length === 0) return raster;
  const before = boxes ? copyBoxes(raster, boxes) : { ...raster, data: raster.data.slice() };
  const left = { ...before, data: before.data.slice() };
  for (const block of known) {
    for (const { words } of block.lines) {
      for (const { box } of words) erase(left, padded(box, raster));
    }
  }
  const few = hasOldOcr(known) && inkOf(left) < LEAST_LEFT * inkOf(before);
  return isBlank(left) || few ? null : left;
}

function hasOldOcr(blocks: Block[]): boolean {
  return blocks.some(({ lines }) => lines.some(({ words }) => words[0]?.provenance === 'old-ocr'));
}

function copyBoxes(raster: GrayRaster, boxes: Box[]): GrayRaster {
  const data = new Uint8Array(raster.data.length).fill(WHITE);
  for (const [x0, y0, x1, y1] of boxes) {
    for (let y = y0; y < y1; y++) {
      const row = y * raster.width;
      data.set(raster.data.subarray(row + x0, row + x1), row + x0);
    }
  }
  return { ...raster, data };
}

/** Fills a box with the shade around it. */
function erase({ data, width }: GrayRaster, [x0, y0, x1, y1]: Box): void {
  if (x1 <= x0 || y1 <= y0) return;
  const rim: number[] = [];
  for (let x = x0; x < x1; x++)
    rim.push(data[y0 * width + x] ?? WHITE, data[(y1 - 1) * width + x] ?? WHITE);
  const shade = rim.sort((one, other) => one - other)[rim.length >> 1] ?? WHITE;
  for (let y = y0; y < y1; y++) data.fill(shade, y * width + x0, y * width + x1);
}

function padded([x0, y0, x1, y1]: Box, raster: GrayRaster): Box {
  const rim = PADDING * (y1 - y0);
  return pixels([x0 - rim, y0 - rim, x1 + rim, y1 + rim], raster);
}

/** Whole pixels within the raster. */
function pixels([x0, y0, x1, y1]: Box, { width, height }: GrayRaster): Box {
  const within = (at: number, side: number) => Math.min(side, Math.max(0, at));
  return [
    within(Math.floor(x0), width),
    within(Math.floor(y0), height),
    within(Math.ceil(x1), width),
    within(Math.ceil(y1), height),
  ];
}

/** Pixels that differ from the shade that is commonest. */
function inkOf({ data }: GrayRaster): number {
  const histogram = new Uint32Array(256);
  for (const value of data) histogram[value] = (histogram[value] as number) + 1;
  const paper = histogram.indexOf(Math.max(...histogram));
  return histogram.reduce(
    (sum, count, value) => sum + (Math.abs(value - paper) > INK_DISTANCE ? count : 0),
    0,
  );
}
