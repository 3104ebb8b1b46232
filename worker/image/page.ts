import sharp, { type Metadata, type Sharp } from 'sharp';
import { type PreparedPage, UNREAD } from '#worker/page/prepared.ts';
import type { Limits, RecognizeTask, SourceFile } from '#worker/page/protocol.ts';
import { isBlank, isColored, type PageRaster, type Pixels, toGray } from '#worker/page/raster.ts';
import { scanDpi } from '#worker/pdf/resolution.ts';
import { decodeDeep, isDeep } from './deep.ts';
import { imageDpi } from './dpi.ts';
import { faxEndsEarly } from './fax/tiff.ts';
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
  const { raster, damaged } = await decodePage(source, page, header, limits, options.dpi);
  return {
    kind: 'drawn',
    raster,
    toRead: raster.gray,
    native: [],
    reason: 'The file is a picture.',
    warnings: [...(animated ? [ANIMATED] : []), ...(damaged ? [DAMAGED] : [])],
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
  const header = await readMetadata(source, page, limits);
  return (await decodePage(source, page, header, limits)).raster;
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
): Promise<{ raster: PageRaster; damaged: boolean }> {
  const { metadata } = header;
  requireDecodable(
    { width: metadata.width, height: metadata.pageHeight ?? metadata.height },
    limits,
  );
  const { pixels: stored, damaged } = await decodeForgiving(source, page, header).catch((error) => {
    throw unreadable(error);
  });
  const { pixels, stretch } = await squarePixels(source, page, metadata, stored, limits);
  const density = metadata.density && metadata.density * stretch;
  const ownDpi = givenDpi ?? imageDpi(density, pixels);
  const dpi = wantedDpi(ownDpi, pixels, limits);
  const gray = await resize({ ...pixels, data: toGray(pixels), channels: 1 }, dpi / ownDpi);
  const raster = { gray: { ...gray, dpi }, color: isColored(pixels) ? pixels : null };
  return { raster, damaged };
}

/** What a reader of a picture should know whose pixels are not all there. */
const DAMAGED = 'The picture is damaged in part; what stood there is missing.';

/** Takes what there is of a picture, unless its file breaks off; `damaged` where not all of it is right. */
async function decodeForgiving(
  source: SourceFile,
  page: number,
  { metadata, options }: ImagePage,
): Promise<{ pixels: Pixels; damaged: boolean }> {
  const ignoreIcc = isOfUsualTones(metadata);
  const attempt = (failOn: 'warning' | 'error' | 'none') =>
    decode(sharp(source.path, { ...options, failOn, ignoreIcc }), metadata);
  if (source.type === 'image/jpeg') {
    const whole = await attempt('warning').catch(() => null);
    return { pixels: whole ?? (await attempt('error')), damaged: whole === null };
  }
  const pixels = await attempt('error').catch((error) => {
    if (!isOfOtherPages(error)) throw error;
    return attempt('none');
  });
  const isTiff = source.type === 'image/tiff';
  return { pixels, damaged: isTiff && (await faxEndsEarly(source.path, page)) };
}

/** How the profile of a picture names itself that leaves its levels what they are, or nearly. */
const USUAL_TONES = /sRGB|sGray|Gray Gamma 2\.2/;

/** Whether its profile may be left out: applying it takes three times what decoding does. */
function isOfUsualTones({ icc }: Metadata): boolean {
  // Names are of one byte a letter, or of two.
  return icc !== undefined && USUAL_TONES.test(icc.toString('latin1').replaceAll('\0', ''));
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
  if (isDeep(metadata)) return decodeDeep(flat, metadata);
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
