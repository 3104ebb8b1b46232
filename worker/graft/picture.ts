import { readFile } from 'node:fs/promises';
import sharp, { type Metadata, type OutputInfo, type Sharp } from 'sharp';
import { FanfoldError } from '#server/errors.ts';
import { message, readMetadata, requireDecodable } from '#worker/image/metadata.ts';
import type { Limits, SourceFile } from '#worker/page/protocol.ts';
import type { Matrix } from '#worker/pdf/matrix.ts';
import { flateObject, type PdfObject } from './pdf-file.ts';

/** An image of a PDF. */
export interface Picture {
  object: PdfObject;
  /** Pixels as displayed. */
  width: number;
  height: number;
  /** How the stored image lies in the unit square that it is painted over. */
  placement: Matrix;
}

/** By EXIF orientation, from the stored image to the upright one, both unit squares with y up. */
const ORIENTATIONS: Record<number, Matrix> = {
  1: [1, 0, 0, 1, 0, 0],
  2: [-1, 0, 0, 1, 1, 0],
  3: [-1, 0, 0, -1, 1, 1],
  4: [1, 0, 0, -1, 0, 1],
  5: [0, -1, -1, 0, 1, 1],
  6: [0, -1, 1, 0, 0, 1],
  7: [0, 1, 1, 0, 0, 0],
  8: [0, 1, -1, 0, 1, 0],
};
const UPRIGHT = ORIENTATIONS[1] as Matrix;

/** One page (from 1) of an image file, without loss. Rejects with CORRUPT_FILE or IMAGE_TOO_LARGE. */
export async function readPicture(
  source: SourceFile,
  page: number,
  limits: Limits,
): Promise<Picture> {
  const { metadata, options } = await readMetadata(source, page, limits);
  requireDecodable(
    { width: metadata.width, height: metadata.pageHeight ?? metadata.height },
    limits,
  );
  if (source.type === 'image/jpeg' && isPlainJpeg(metadata)) return jpeg(source.path, metadata);
  const image = sharp(source.path, { ...options, failOn: 'error' }).autoOrient();
  return encode(image, metadata).catch((error) => {
    throw new FanfoldError('CORRUPT_FILE', { detail: message(error), cause: error });
  });
}

const JPEG_SPACES: Record<number, string> = { 1: 'DeviceGray', 3: 'DeviceRGB', 4: 'DeviceCMYK' };

function isPlainJpeg({ channels, depth }: Metadata): boolean {
  return depth === 'uchar' && channels in JPEG_SPACES;
}

/** The file as it is; it is turned as it is painted. */
async function jpeg(path: string, metadata: Metadata): Promise<Picture> {
  const { width, height, channels, orientation = 1 } = metadata;
  const sideways = orientation >= 5;
  // What writes CMYK as JPEG writes it inverted.
  const decode = channels === 4 ? ' /Decode [1 0 1 0 1 0 1 0]' : '';
  const entries = `${imageEntries({ width, height, space: JPEG_SPACES[channels] as string, bits: 8 })}${decode} /Filter /DCTDecode`;
  return {
    object: { entries, data: await readFile(path) },
    width: sideways ? height : width,
    height: sideways ? width : height,
    placement: ORIENTATIONS[orientation] ?? UPRIGHT,
  };
}

async function encode(image: Sharp, metadata: Metadata): Promise<Picture> {
  const gray = metadata.space === 'b-w' || metadata.space === 'grey16';
  const bilevel = gray && metadata.bitsPerSample === 1;
  const { data, info } = await image
    .flatten({ background: 'white' })
    .toColourspace(gray ? 'b-w' : 'srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const space = channels === 1 ? 'DeviceGray' : 'DeviceRGB';
  const object = bilevel
    ? flateObject(packBits(data, width, height), imageEntries({ width, height, space, bits: 1 }))
    : await predicted(data, info, space);
  return { object, width, height, placement: UPRIGHT };
}

/** PNG's filters compress photographs better, and its rows are what a PDF reader expects of them. */
async function predicted(
  data: Buffer,
  { width, height, channels }: OutputInfo,
  space: string,
): Promise<PdfObject> {
  const png = await sharp(data, { raw: { width, height, channels }, limitInputPixels: false })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .png({ adaptiveFiltering: true, compressionLevel: 6 })
    .toBuffer();
  const parameters = `/Predictor 15 /Colors ${channels} /BitsPerComponent 8 /Columns ${width}`;
  return {
    entries: `${imageEntries({ width, height, space, bits: 8 })} /Filter /FlateDecode /DecodeParms << ${parameters} >>`,
    data: imageData(png),
  };
}

/** The compressed rows of a PNG. */
function imageData(png: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 8; at + 8 <= png.length; ) {
    const length = png.readUInt32BE(at);
    const isData = png.toString('latin1', at + 4, at + 8) === 'IDAT';
    if (isData) parts.push(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return Buffer.concat(parts);
}

/** One bit a pixel, 1 white, rows padded to bytes. */
function packBits(gray: Buffer, width: number, height: number): Uint8Array {
  const stride = (width + 7) >> 3;
  const bits = new Uint8Array(stride * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if ((gray[at] as number) < 128) continue;
      const byte = y * stride + (x >> 3);
      bits[byte] = (bits[byte] as number) | (0x80 >> (x & 7));
    }
  }
  return bits;
}

function imageEntries(image: { width: number; height: number; space: string; bits: number }) {
  const { width, height, space, bits } = image;
  return `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /${space} /BitsPerComponent ${bits}`;
}
