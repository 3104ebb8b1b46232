import sharp from 'sharp';

/** What pdf.js knows of a JPEG when it wants its samples. */
export interface JpegRequest {
  /** From its first marker on, or with some bytes before it. */
  bytes: Uint8Array;
  jpegOptions: { colorTransform: number | undefined };
  /** Wanted size, pixels. */
  drawWidth: number;
  drawHeight: number;
  /** Three samples a pixel, whatever the JPEG has. */
  forceRGB: boolean;
  forceRGBA: boolean;
}

const START_OF_IMAGE = Buffer.from([0xff, 0xd8]);

/**
 * The samples of a JPEG of one or three components as pdf.js would decode them: interleaved, 8 bits,
 * without regard to a colour profile or orientation that it carries. Null where pdf.js has to do it: other
 * sizes and components, colours that the PDF says are not transformed, and damaged files, which it forgives more of.
 */
export async function decodeJpeg(request: JpegRequest): Promise<Uint8Array | null> {
  if (request.forceRGBA || request.jpegOptions.colorTransform === 0) return null;
  const { buffer, byteOffset, byteLength } = request.bytes;
  const stream = Buffer.from(buffer, byteOffset, byteLength);
  const bytes = stream.subarray(Math.max(0, stream.indexOf(START_OF_IMAGE)));
  const image = sharp(bytes, { failOn: 'warning', ignoreIcc: true, limitInputPixels: false });
  const metadata = await image.metadata().catch(() => null);
  if (metadata?.format !== 'jpeg') return null;
  if (metadata.width !== request.drawWidth || metadata.height !== request.drawHeight) return null;
  if (metadata.channels === 1 && !request.forceRGB) image.extractChannel(0);
  else if (metadata.channels !== 1 && metadata.channels !== 3) return null;
  const samples = await image
    .raw()
    .toBuffer()
    .catch(() => null);
  // pdf.js transfers the memory, which a buffer may share with others.
  return samples && Uint8Array.from(samples);
}
