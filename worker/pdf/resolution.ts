import { FanfoldError } from '#server/errors.ts';
import type { Box } from '#server/pages/layout.ts';
import { area, overlap } from '#worker/page/boxes.ts';
import type { Limits } from '#worker/page/protocol.ts';
import { readableImages } from './decide.ts';
import { transformBox } from './matrix.ts';
import type { PageContent } from './operators.ts';
import type { PaintedImage } from './painted-images.ts';

/*
 * Pages are prepared at the resolution that they have, and then read at the scale that their letters
 * need. What is drawn from outlines has small print at any size: it gets a little more than a scan
 * needs at least.
 */
const MIXED_DPI = 200;
const VECTOR_DPI = 250;
const MAX_DPI = 300;
/** Scans below this are enlarged to it: the engine was trained on larger letters. */
const MIN_DPI = 150;
const MAX_ENLARGEMENT = 2;
/** The raster in whose pixels native text is placed; nothing is drawn. */
export const NATIVE_DPI = 150;
/** Below this letters of usual size cannot be read. */
const LEAST_DPI = 48;
/** Inches of the long side above which a page is a poster, with letters in proportion. */
const LONGEST_PAGE = 34;
const USUAL_PAGE = 11.69;

export const POINTS_PER_INCH = 72;
const UNIT_SQUARE: Box = [0, 0, 1, 1];

export interface PageSize {
  /** Points, as displayed. */
  width: number;
  height: number;
}

/** A scan: its resolution and size in pixels. */
export interface Scan {
  dpi: number;
  width: number;
  height: number;
}

/** Dots per inch at which a scan is prepared. */
export function scanDpi({ dpi, width, height }: Scan): number {
  const long = Math.max(width, height);
  const letterDpi = long / dpi > LONGEST_PAGE ? long / USUAL_PAGE : dpi;
  const scale = Math.min(MAX_DPI, Math.max(MIN_DPI, letterDpi)) / letterDpi;
  return dpi * Math.min(MAX_ENLARGEMENT, scale);
}

/** Dots per inch at which a page is drawn: as its images need where it has any, else as outlines do. */
export function drawDpi(content: PageContent, page: Box): number {
  const large = readableImages(content.images).filter((image) => share(image, page) > 0.1);
  const finest = Math.max(0, ...large.map(imageDpi).filter(Number.isFinite));
  if (finest === 0) return VECTOR_DPI;
  if (Math.max(page[2] - page[0], page[3] - page[1]) > LONGEST_PAGE * POINTS_PER_INCH)
    return finest;
  const least =
    content.paths > 0 || content.glyphs.some((glyph) => glyph.visible) ? MIXED_DPI : MIN_DPI;
  return Math.min(MAX_DPI, Math.max(least, finest));
}

/** Pixels of the image per inch of the page. */
export function imageDpi({ matrix, width, height }: PaintedImage): number {
  const [a, b, c, d] = matrix;
  const across = width / (Math.hypot(a, b) / POINTS_PER_INCH);
  const down = height / (Math.hypot(c, d) / POINTS_PER_INCH);
  return Math.max(across, down);
}

/**
 * The wanted resolution, or the highest one within the limits; PAGE_TOO_LARGE where that is too low
 * for letters.
 */
export function fitDpi(wanted: number, page: PageSize, limits: Limits): number {
  const inches = { width: page.width / POINTS_PER_INCH, height: page.height / POINTS_PER_INCH };
  const dpi = Math.min(
    wanted,
    (limits.maxSide - 1) / Math.max(inches.width, inches.height),
    Math.sqrt(limits.maxPixels / (inches.width * inches.height)) * 0.999,
  );
  if (dpi >= Math.min(wanted, LEAST_DPI)) return dpi;
  throw new FanfoldError('PAGE_TOO_LARGE', {
    detail: `${page.width} × ${page.height} pt allow ${dpi.toFixed(1)} dpi only`,
  });
}

function share(image: PaintedImage, page: Box): number {
  return overlap(transformBox(image.matrix, UNIT_SQUARE), page) / area(page);
}
