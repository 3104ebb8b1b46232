import sharp from 'sharp';

/** What pdf.js knows of a JPEG when it wants its samples. */
export interface JpegRequest {
  /** From its first marker on, or with some bytes before it. */
  bytes: Uint8Array;
  jpegOptions: { colorTransform: number | undefined };
  /** Wanted size, pixels. */
  drawWidth: number;
  drawHeight: number;
  forceRGBA: boolean;
}

const START_OF_IMAGE = Buffer.from([0xff, 0xd8]);

/** What libjpeg says of pixels that are missing or wrong. */
const DAMAGED = /Corrupt JPEG data|Premature end|bad Huffman|Unsupported marker|before marker/i;

export interface DecodedJpeg {
  /**
   * Interleaved, 8 bits, without regard to a colour profile or orientation that it carries. Null where
   * pdf.js has to do it: other sizes and components, colours that the PDF says are not transformed, and
   * damaged files, which it forgives more of.
   */
  samples: Uint8Array | null;
  /** Whether pixels are missing or wrong; pdf.js does not tell. */
  damaged: boolean;
}

/** The samples of a JPEG as pdf.js would decode them. */
export async function decodeJpeg(request: JpegRequest): Promise<DecodedJpeg> {
  const { buffer, byteOffset, byteLength } = request.bytes;
  const stream = Buffer.from(buffer, byteOffset, byteLength);
  const bytes = stream.subarray(Math.max(0, stream.indexOf(START_OF_IMAGE)));
  const image = sharp(bytes, { failOn: 'warning', ignoreIcc: true, limitInputPixels: false });
  const metadata = await image.metadata().catch(() => null);
  const { width, height, channels } = metadata ?? {};
  const asWanted = width === request.drawWidth && height === request.drawHeight;
  if (metadata?.format !== 'jpeg' || !asWanted) return { samples: null, damaged: false };
  const untransformed = request.forceRGBA || request.jpegOptions.colorTransform === 0;
  const plain = !untransformed && (channels === 1 || channels === 3);
  if (plain && channels === 1) image.extractChannel(0);
  let damaged = false;
  const decoded = await image
    .raw()
    .toBuffer()
    .catch((error: unknown) => {
      damaged = DAMAGED.test(String(error));
      return null;
    });
  // pdf.js transfers the memory, which a buffer may share with others.
  return { samples: plain && decoded ? new Uint8Array(decoded) : null, damaged };
}
