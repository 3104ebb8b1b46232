import sharp, { type ResizeOptions, type Sharp } from 'sharp';
import type { EncodedImage, Preview } from './protocol.ts';
import type { PageRaster, Pixels } from './raster.ts';

/** Pixels of the long side of the picture that is read beside the text. */
const IMAGE_SIDE = 1600;
/** Of the one that is looked at closely: A4 at 300 dpi and more. */
export const LARGE_SIDE = 4_000;
/** Pixels of the width of the picture in the overview. */
const THUMBNAIL_WIDTH = 240;
const THUMBNAIL_HEIGHT = 480;

export type Turn = 0 | 90 | 180 | 270;

/** The pictures of a page, turned clockwise by `turn` degrees. */
export async function makePreview(
  raster: PageRaster,
  turn: Turn = 0,
  side: number = IMAGE_SIDE,
): Promise<Preview> {
  const pixels: Pixels = raster.color ?? { ...raster.gray, channels: 1 };
  const colours = pixels.channels === 1 ? 'b-w' : 'srgb';
  const image = await sharp(pixels.data, { raw: pixels, limitInputPixels: false })
    .flatten({ background: 'white' })
    .rotate(turn)
    .resize({ ...within(side, side), kernel: 'linear' })
    .toColourspace(colours)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const shrunk = () => sharp(image.data, { raw: image.info }).toColourspace(colours);
  const [large, thumbnail] = await Promise.all([
    encode(shrunk().jpeg({ quality: 80 }), 'image/jpeg'),
    encode(
      shrunk().resize(within(THUMBNAIL_WIDTH, THUMBNAIL_HEIGHT)).webp({ quality: 70, effort: 2 }),
      'image/webp',
    ),
  ]);
  return { image: large, thumbnail };
}

function within(width: number, height: number): ResizeOptions {
  return { width, height, fit: 'inside', withoutEnlargement: true };
}

async function encode(image: Sharp, type: EncodedImage['type']): Promise<EncodedImage> {
  const { data, info } = await image.toBuffer({ resolveWithObject: true });
  return { bytes: data, type, width: info.width, height: info.height };
}
