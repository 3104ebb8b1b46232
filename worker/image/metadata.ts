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

/** Reads the header of one page (from 1) of an image file. Rejects with CORRUPT_FILE or IMAGE_TOO_LARGE. */
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
      throw new FanfoldError('CORRUPT_FILE', { detail: message(error), cause: error });
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

interface Size {
  width: number;
  height: number;
}

export function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
