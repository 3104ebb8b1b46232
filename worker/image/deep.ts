import type { Metadata, Sharp } from 'sharp';
import { FanfoldError } from '#server/errors.ts';
import type { Pixels } from '#worker/page/raster.ts';

/** Whether a picture has samples of more than eight bits, of which libvips would keep the highest or clip. */
export function isDeep({ depth, space }: Metadata): boolean {
  return depth !== 'uchar' && (space === 'b-w' || space === 'grey16' || space === 'rgb16');
}

/** Of so many samples at most the range is taken, and so many of the brightest of them are left out: dead pixels. */
const LOOKED_AT = 200_000;
const BRIGHTEST_SHARE = 0.0002;

/**
 * Decodes such a picture by the range that its samples use: scanners store ten or twelve bits in
 * sixteen, programs store numbers from 0 to 1. Rejects with CORRUPT_FILE where they are no numbers.
 */
export async function decodeDeep(image: Sharp, { space, depth }: Metadata): Promise<Pixels> {
  const whole = depth === 'ushort';
  const { data, info } = await image
    .toColourspace(space)
    .raw({ depth: whole ? 'ushort' : 'float' })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const count = width * height * channels;
  const samples = whole
    ? new Uint16Array(data.buffer, data.byteOffset, count)
    : new Float32Array(data.buffer, data.byteOffset, count);
  const { from, to } = rangeOf(samples);
  // What is brighter is white.
  const levels = new Uint8ClampedArray(count);
  for (let at = 0; at < count; at++) {
    levels[at] = (((samples[at] as number) - from) / (to - from)) * 255;
  }
  const bytes = new Uint8Array(levels.buffer);
  return { data: bytes, width, height, channels: channels as Pixels['channels'] };
}

/** From black to white: 0 to the next power of two less one, or the samples' own where some are negative. */
function rangeOf(samples: Float32Array | Uint16Array): { from: number; to: number } {
  const step = Math.ceil(samples.length / LOOKED_AT);
  const some = Float32Array.from(
    { length: Math.floor(samples.length / step) },
    (_, index) => samples[index * step] as number,
  ).sort();
  const least = some[0] as number;
  const most = some[Math.ceil((some.length - 1) * (1 - BRIGHTEST_SHARE))] as number;
  if (!(Number.isFinite(least) && Number.isFinite(most))) {
    throw new FanfoldError('CORRUPT_FILE', { detail: 'its samples are no numbers' });
  }
  if (least < 0) return { from: least, to: Math.max(most, least + 1) };
  return { from: 0, to: 2 ** Math.max(1, Math.ceil(Math.log2(most + 1))) - 1 };
}
