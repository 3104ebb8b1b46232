import sharp, { type Metadata, type Sharp } from 'sharp';
import { type PreparedPage, UNREAD } from '#worker/page/prepared.ts';
import type { Limits, RecognizeTask, SourceFile } from '#worker/page/protocol.ts';
import { isBlank, isColored, type PageRaster, type Pixels, toGray } from '#worker/page/raster.ts';
import { scanDpi } from '#worker/pdf/resolution.ts';
import { decodeDeepGray, isDeepGray } from './deep.ts';
import { imageDpi } from './dpi.ts';
import { ANIMATED } from './inspect.ts';
import {
  type ImagePage,
  isTooSmall,
  message,
  readMetadata,
  requireDecodable,
  unreadable,
} from './metadata.ts';
import { squarePixels } from './pixel-shape.ts';

/** Decodes one page (from 1) of an image file to be read. Rejects as `decodeImagePage` does. */
export async function prepareImagePage(task: RecognizeTask): Promise<PreparedPage> {
  const { source, page, limits, options } = task;
  const header = await readMetadata(source, page, limits);
  if (isTooSmall(header.metadata)) return tooSmall(header);
  if (options.mode === 'off') return unread(header);
  const animated = source.type !== 'image/tiff' && header.count > 1;
  const raster = await decodePage(source, page, header, limits, options.dpi);
  return {
    kind: 'drawn',
    raster,
    toRead: raster.gray,
    native: [],
    reason: 'The file is a picture.',
    warnings: animated ? [ANIMATED] : [],
  };
}

/**
 * Decodes one page (from 1) of an image file: upright by its EXIF orientation, on white, or on black
 * where nothing would be seen on white. Rejects as `unreadable` or with IMAGE_TOO_LARGE.
 */
export async function decodeImagePage(
  source: SourceFile,
  page: number,
  limits: Limits,
): Promise<PageRaster> {
  return decodePage(source, page, await readMetadata(source, page, limits), limits);
}

function tooSmall(header: ImagePage): PreparedPage {
  const reason = 'The picture is smaller than a letter.';
  return { ...withoutText(header), source: 'blank', reason, warnings: [reason] };
}

function unread(header: ImagePage): PreparedPage {
  return { ...withoutText(header), source: 'native', reason: UNREAD, warnings: [UNREAD] };
}

function withoutText({ metadata: { width, height } }: ImagePage) {
  return { kind: 'finished' as const, width, height, dpi: 150, blocks: [] };
}

async function decodePage(
  source: SourceFile,
  page: number,
  header: ImagePage,
  limits: Limits,
  givenDpi: number | null = null,
): Promise<PageRaster> {
  const { metadata, options } = header;
  requireDecodable(
    { width: metadata.width, height: metadata.pageHeight ?? metadata.height },
    limits,
  );
  const open = (failOn: 'error' | 'none') => sharp(source.path, { ...options, failOn });
  const stored = await decode(open('error'), metadata)
    .catch((error) => {
      if (!isOfOtherPages(error)) throw error;
      return decode(open('none'), metadata);
    })
    .catch((error) => {
      throw unreadable(error);
    });
  const { pixels, stretch } = await squarePixels(source, page, metadata, stored, limits);
  const density = metadata.density && metadata.density * stretch;
  const ownDpi = givenDpi ?? imageDpi(density, pixels);
  const dpi = wantedDpi(ownDpi, pixels, limits);
  const gray = await resize({ ...pixels, data: toGray(pixels), channels: 1 }, dpi / ownDpi);
  return { gray: { ...gray, dpi }, color: isColored(pixels) ? pixels : null };
}

/** What libtiff says where the list of pages breaks off after one that is whole. */
const OTHER_PAGES =
  /bad seek to|Seek error accessing TIFF directory|[Ff]ailed to read directory|read TIFF directory/;

function isOfOtherPages(error: unknown): boolean {
  const lines = message(error).split('\n').filter(Boolean);
  return lines.length > 0 && lines.every((line) => OTHER_PAGES.test(line));
}

/** On white; what would not be seen there on black, or as it is where all of it is transparent. */
async function decode(image: Sharp, metadata: Metadata): Promise<Pixels> {
  const onWhite = await decodeOn(image, metadata, 'white');
  if (!metadata.hasAlpha || !isEmpty(onWhite)) return onWhite;
  const onBlack = await decodeOn(image, metadata, 'black');
  if (!isEmpty(onBlack)) return onBlack;
  return decodeOn(image, metadata, null);
}

function isEmpty(pixels: Pixels): boolean {
  return isBlank({ ...pixels, data: toGray(pixels), dpi: 0 });
}

/** `background` null: its colours whether they are transparent or not. */
async function decodeOn(
  image: Sharp,
  metadata: Metadata,
  background: string | null,
): Promise<Pixels> {
  const upright = image.clone().autoOrient();
  const flat = background ? upright.flatten({ background }) : upright.removeAlpha();
  if (isDeepGray(metadata)) return decodeDeepGray(flat, metadata.space);
  const { data, info } = await flat
    .toColourspace(metadata.space === 'b-w' ? 'b-w' : 'srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return {
    data,
    width: info.width,
    height: info.height,
    channels: info.channels as Pixels['channels'],
  };
}

function wantedDpi(ownDpi: number, { width, height }: Pixels, limits: Limits): number {
  const dpi = scanDpi({ dpi: ownDpi, width, height });
  const scale = dpi / ownDpi;
  const fits =
    width * height * scale ** 2 <= limits.maxPixels &&
    Math.max(width, height) * scale <= limits.maxSide;
  return fits ? dpi : ownDpi;
}

async function resize(pixels: Pixels, scale: number): Promise<Pixels> {
  if (Math.abs(scale - 1) < 0.02) return pixels;
  const { data, info } = await sharp(pixels.data, { raw: pixels, limitInputPixels: false })
    .resize(Math.round(pixels.width * scale), Math.round(pixels.height * scale), {
      fit: 'fill',
      kernel: 'cubic',
    })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: 1 };
}
