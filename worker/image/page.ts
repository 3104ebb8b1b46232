import sharp from 'sharp';
import { type PreparedPage, UNREAD } from '#worker/page/prepared.ts';
import type { Limits, RecognizeTask, SourceFile } from '#worker/page/protocol.ts';
import { isColored, type PageRaster, type Pixels, toGray } from '#worker/page/raster.ts';
import { scanDpi } from '#worker/pdf/resolution.ts';
import { DAMAGED, decode } from './decode.ts';
import { imageDpi } from './dpi.ts';
import { ANIMATED } from './inspect.ts';
import {
  type ImagePage,
  isTooSmall,
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
  const { pixels: stored, damaged } = await decode(source, page, header).catch((error) => {
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
