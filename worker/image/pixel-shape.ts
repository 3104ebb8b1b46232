import { open } from 'node:fs/promises';
import sharp, { type Metadata } from 'sharp';
import type { Limits, SourceFile } from '#worker/page/protocol.ts';
import type { Pixels } from '#worker/page/raster.ts';
import { readRationals, readTiffHeader } from './tiff-directory.ts';
import { listDirectories } from './tiff-pages.ts';

/** Tags of TIFF 6.0: pixels by unit of length across and down. */
const X_RESOLUTION = 282;
const Y_RESOLUTION = 283;
/** How unequal the sides of a pixel have to be to count, and may be at most. */
const LEAST_RATIO = 1.1;
const MOST_RATIO = 4;
/** EXIF orientations from this one on lie on their side. */
const SIDEWAYS = 5;

export interface Squared {
  pixels: Pixels;
  /** How many times finer it is now than it was across the stored page. */
  stretch: number;
}

/**
 * Makes the pixels of a page (from 1) square: those of a fax of usual fineness are twice as high as
 * they are wide. Only a TIFF says so. `pixels` are upright.
 */
export async function squarePixels(
  source: SourceFile,
  page: number,
  metadata: Metadata,
  pixels: Pixels,
  limits: Limits,
): Promise<Squared> {
  const ratio = source.type === 'image/tiff' ? await finenessRatio(source.path, page) : 1;
  const unequal = Math.max(ratio, 1 / ratio);
  const { width, height, channels } = pixels;
  const fits =
    width * height * unequal <= limits.maxPixels &&
    Math.max(width, height) * unequal <= limits.maxSide;
  // Also where the ratio is no number.
  if (!(unequal > LEAST_RATIO && unequal < MOST_RATIO && fits)) return { pixels, stretch: 1 };
  const isSideways = (metadata.orientation ?? 1) >= SIDEWAYS;
  const isTaller = ratio > 1 !== isSideways;
  const { data, info } = await sharp(pixels.data, { raw: pixels, limitInputPixels: false })
    .resize(
      Math.round(isTaller ? width : width * unequal),
      Math.round(isTaller ? height * unequal : height),
      { fit: 'fill', kernel: 'cubic' },
    )
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const squared = { ...pixels, data, width: info.width, height: info.height };
  return { pixels: squared, stretch: ratio < 1 ? unequal : 1 };
}

/** How many times more pixels a page has across an inch than down it; 1 where it does not say. */
async function finenessRatio(path: string, page: number): Promise<number> {
  await using file = await open(path);
  const header = await readTiffHeader(file);
  if (!header) return 1;
  const offset = (await listDirectories(file, header)).offsets[page - 1];
  if (offset === undefined) return 1;
  const rationals = await readRationals(file, header.numbers, offset);
  return (rationals.get(X_RESOLUTION) ?? 1) / (rationals.get(Y_RESOLUTION) ?? 1);
}
