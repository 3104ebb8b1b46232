import type { PDFPageProxy } from 'pdfjs-dist';
import sharp from 'sharp';
import type { Limits } from '#worker/page/protocol.ts';
import {
  isColored,
  type PageRaster,
  type Pixels,
  toGray,
  withoutAlikeSamples,
} from '#worker/page/raster.ts';
import { GRAY_8BPP } from './guards.ts';
import { pdfjs } from './library.ts';
import type { Matrix } from './matrix.ts';
import type { PageContent } from './operators.ts';
import type { PaintedImage } from './painted-images.ts';
import { fitDpi, imageDpi, type PageSize, POINTS_PER_INCH, scanDpi } from './resolution.ts';

/** Points by which the image may miss the edges of the page. */
const TOLERANCE = 2;
/** A smaller image is drawn with the page. */
const LEAST_SHARE = 0.8;

/** What pdf.js decodes an image to. */
interface DecodedImage {
  data: Uint8Array | Uint8ClampedArray;
  width: number;
  height: number;
  kind: number;
}

/**
 * The image of a page that is nothing but one upright scan, so that it need not be drawn.
 * Null where the page has to be drawn.
 */
export function findScan(content: PageContent, page: PageSize): PaintedImage | null {
  const [image] = content.images;
  const plain =
    content.images.length === 1 &&
    !content.composited &&
    content.paths + content.shadings + content.annotationGlyphs === 0 &&
    !content.glyphs.some((glyph) => glyph.visible);
  if (!plain || !image?.id) return null;
  const [a, b, c, d, e, f] = image.matrix;
  const upright = Math.abs(b) < 0.01 && Math.abs(c) < 0.01 && a > 0 && d < 0;
  const inside =
    e >= -TOLERANCE &&
    f + d >= -TOLERANCE &&
    e + a <= page.width + TOLERANCE &&
    f <= page.height + TOLERANCE;
  const fills = a * -d >= LEAST_SHARE * page.width * page.height;
  return upright && inside && fills ? image : null;
}

/** Takes the pixels of the scan; null where pdf.js has none of a plain kind. */
export async function rasterOfScan(
  page: PDFPageProxy,
  scan: PaintedImage,
  size: PageSize,
  { limits, dpi: given }: { limits: Limits; dpi: number | null },
): Promise<PageRaster | null> {
  const image = await decodedImage(page, scan.id as string);
  const pixels = image && toPixels(image);
  if (!image || !pixels) return null;
  const { width, height } = image;
  const own = imageDpi({ ...scan, width, height });
  const dpi = fitDpi(given ?? scanDpi({ dpi: own, width, height }), size, limits);
  const colored = isColored(pixels);
  const place = placeOf(scan.matrix, size, dpi, image);
  const gray = await putOnPage({ ...pixels, data: toGray(pixels), channels: 1 }, place);
  return {
    gray: { ...gray, dpi },
    color: colored ? await putOnPage(pixels, place) : null,
  };
}

/** The pixels of an image once they are there; null where it could not be decoded. */
export async function decodedImage(page: PDFPageProxy, id: string): Promise<DecodedImage | null> {
  const objects = id.startsWith('g_') ? page.commonObjs : page.objs;
  return new Promise((resolve) => objects.get(id, resolve));
}

function toPixels({ data, width, height, kind }: DecodedImage): Pixels | null {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (kind === pdfjs.ImageKind.RGB_24BPP && data.length >= width * height * 3) {
    // Of gray that is no JPEG, pdf.js makes three samples, too.
    return withoutAlikeSamples({ data: bytes, width, height, channels: 3 });
  }
  if (kind === GRAY_8BPP) return { data: bytes, width, height, channels: 1 };
  if (kind !== pdfjs.ImageKind.GRAYSCALE_1BPP) return null;
  return { data: unpackBits(data, width, height), width, height, channels: 1 };
}

/** One bit a pixel, 1 white, rows padded to bytes. Missing rows are white. */
function unpackBits(
  bits: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
): Uint8Array {
  const gray = new Uint8Array(width * height).fill(255);
  const stride = (width + 7) >> 3;
  for (let at = 0; at < Math.min(bits.length, stride * height); at++) {
    const byte = bits[at] as number;
    // Most of a page is paper.
    if (byte === 255) continue;
    const x = 8 * (at % stride);
    const row = Math.floor(at / stride) * width;
    for (let bit = 0; bit < Math.min(8, width - x); bit++) {
      if (!((byte >> (7 - bit)) & 1)) gray[row + x + bit] = 0;
    }
  }
  return gray;
}

interface Place {
  left: number;
  top: number;
  /** Of the image on the page, and of the page, pixels. */
  width: number;
  height: number;
  pageWidth: number;
  pageHeight: number;
}

/** Rounding that would have the image resampled for a pixel is left out. */
const ROUNDING = 2;

function placeOf(
  [a, , , d, e, f]: Matrix,
  size: PageSize,
  dpi: number,
  image: DecodedImage,
): Place {
  const pixels = (points: number) => Math.round((points * dpi) / POINTS_PER_INCH);
  const keep = (wanted: number, own: number) =>
    Math.abs(wanted - own) <= ROUNDING ? own : Math.max(1, wanted);
  const width = keep(pixels(a), image.width);
  const height = keep(pixels(-d), image.height);
  const left = Math.max(0, pixels(e));
  const top = Math.max(0, pixels(f + d));
  const fill = (page: number, used: number) => (page - used <= ROUNDING ? used : page);
  return {
    left,
    top,
    width,
    height,
    pageWidth: fill(pixels(size.width), left + width),
    pageHeight: fill(pixels(size.height), top + height),
  };
}

async function putOnPage(pixels: Pixels, place: Place): Promise<Pixels> {
  const whole = place.width === place.pageWidth && place.height === place.pageHeight;
  if (whole && place.width === pixels.width && place.height === pixels.height) return pixels;
  const { data, info } = await sharp(pixels.data, { raw: pixels, limitInputPixels: false })
    .resize(place.width, place.height, { fit: 'fill', kernel: 'cubic' })
    .extend({
      left: place.left,
      top: place.top,
      right: place.pageWidth - place.left - place.width,
      bottom: place.pageHeight - place.top - place.height,
      background: 'white',
    })
    .toColourspace(pixels.channels === 1 ? 'b-w' : 'srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: pixels.channels };
}
