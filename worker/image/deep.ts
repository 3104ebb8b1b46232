import type { Metadata, Sharp } from 'sharp';
import { FanfoldError } from '#server/errors.ts';
import type { Pixels } from '#worker/page/raster.ts';

/** Whether a gray picture has samples of more than eight bits, of which libvips would keep the highest or clip. */
export function isDeepGray({ depth, space }: Metadata): boolean {
  return depth !== 'uchar' && (space === 'b-w' || space === 'grey16');
}

/**
 * Decodes such a picture by the range that its samples use: scanners store ten or twelve bits in
 * sixteen, programs store numbers from 0 to 1. Rejects with CORRUPT_FILE where they are no numbers.
 */
export async function decodeDeepGray(image: Sharp, space: Metadata['space']): Promise<Pixels> {
  const { data, info } = await image
    .toColourspace(space)
    .raw({ depth: 'float' })
    .toBuffer({ resolveWithObject: true });
  const samples = new Float32Array(data.buffer, data.byteOffset, info.width * info.height);
  const { from, to } = rangeOf(samples);
  const gray = Uint8Array.from(samples, (sample) =>
    Math.round(((sample - from) / (to - from)) * 255),
  );
  return { data: gray, width: info.width, height: info.height, channels: 1 };
}

/** From black to white: 0 to the next power of two less one, or the samples' own where some are negative. */
function rangeOf(samples: Float32Array): { from: number; to: number } {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const sample of samples) {
    if (sample < least) least = sample;
    if (sample > most) most = sample;
  }
  if (!(Number.isFinite(least) && Number.isFinite(most))) {
    throw new FanfoldError('CORRUPT_FILE', { detail: 'its samples are no numbers' });
  }
  if (least < 0) return { from: least, to: Math.max(most, least + 1) };
  return { from: 0, to: 2 ** Math.max(1, Math.ceil(Math.log2(most + 1))) - 1 };
}
