import sharp, { type Metadata, type SharpOptions } from 'sharp';
import { FanfoldError } from '#server/errors.ts';
import type { Limits, SourceFile } from '#worker/page/protocol.ts';
import { type PngHeader, readPngHeader } from './png.ts';

/** Pixels of a side below which no text fits. */
const LEAST_SIDE = 20;

/** One page of an image file, not decoded yet. */
export interface ImagePage {
  metadata: Metadata;
  options: SharpOptions;
  /** Frames of an animation, or pages of a TIFF. */
  count: number;
}

const FORMATS: Partial<Record<SourceFile['type'], string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/webp': 'webp',
  'image/tiff': 'tiff',
  'image/gif': 'gif',
};

/** Reads the header of one page (from 1) of an image file. Rejects as `unreadable` or with IMAGE_TOO_LARGE. */
export async function readMetadata(
  source: SourceFile,
  page: number,
  limits: Limits,
): Promise<ImagePage> {
  const png = source.type === 'image/png' ? await readPngHeader(source.path) : null;
  if (png) requireSafe(png, limits);
  const options: SharpOptions = {
    limitInputPixels: false,
    sequentialRead: true,
    ...(source.type === 'image/tiff' ? { page: page - 1 } : {}),
  };
  const metadata = await sharp(source.path, options)
    .metadata()
    .catch((error) => {
      throw unreadable(error);
    });
  if (metadata.format !== FORMATS[source.type]) {
    throw new FanfoldError('CORRUPT_FILE', {
      detail: `expected ${source.type}, found ${metadata.format}`,
    });
  }
  return { metadata, options, count: metadata.pages ?? (png?.animated ? 2 : 1) };
}

/** libpng refuses an impossible size, and a text that unpacks too far, without saying so. */
function requireSafe(png: PngHeader, limits: Limits): void {
  requireDecodable(png, limits);
  if (png.bomb) throw new FanfoldError('IMAGE_TOO_LARGE', { detail: 'its texts unpack too far' });
}

/** Throws IMAGE_TOO_LARGE above the limits. */
export function requireDecodable({ width, height }: Size, limits: Limits): void {
  if (width * height <= limits.maxPixels && Math.max(width, height) <= limits.maxSide) return;
  throw new FanfoldError('IMAGE_TOO_LARGE', { detail: `${width} × ${height} pixels` });
}

/** Whether there is no room for a letter. */
export function isTooSmall({ width, height }: Size): boolean {
  return Math.min(width, height) < LEAST_SIDE;
}

/** What libvips says of pictures that are whole, but stored in a way that it does not know. */
const UNKNOWN_WAY =
  /not configured|not implemented|not a whole number of bytes|samples out of range|no known route|bad labq|Unsupported JPEG/;

/** Why a picture could not be read: UNSUPPORTED_TYPE or CORRUPT_FILE. */
export function unreadable(error: unknown): FanfoldError {
  if (error instanceof FanfoldError) return error;
  const detail = message(error);
  if (!UNKNOWN_WAY.test(detail)) return new FanfoldError('CORRUPT_FILE', { detail, cause: error });
  const sentence = 'The picture is stored in a way that cannot be read. Save it as PNG or JPEG.';
  return new FanfoldError('UNSUPPORTED_TYPE', { sentence, detail, cause: error });
}

interface Size {
  width: number;
  height: number;
}

export function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
