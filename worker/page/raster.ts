import { takeSamples } from './samples.ts';

/** Interleaved 8-bit samples, rows from the top, no padding. 1 gray, 3 RGB, 4 RGBA. */
export interface Pixels {
  data: Uint8Array;
  width: number;
  height: number;
  channels: 1 | 3 | 4;
}

/** A page in gray, upright as the file displays it, on white. */
export interface GrayRaster {
  /** One byte a pixel, rows from the top, 0 black. */
  data: Uint8Array;
  width: number;
  height: number;
  /** Pixels per inch of the page. */
  dpi: number;
}

/** A page as the engine reads it, and in colour where it has any, at a size of its own. */
export interface PageRaster {
  gray: GrayRaster;
  color: Pixels | null;
}

/** Differences between the channels below this are the noise of a gray scan. */
const COLOR_DIFFERENCE = 24;
/** Every nth pixel is looked at for colour. */
const COLOR_STEP = 7;
const COLORED_SHARE = 0.001;

/** Opaque pixels in gray: ITU-R BT.601 luma, rounded. */
export function toGray({ data, channels, width, height }: Pixels): Uint8Array {
  if (channels === 1) return data;
  const gray = new Uint8Array(width * height);
  for (let pixel = 0, at = 0; pixel < gray.length; pixel++, at += channels) {
    gray[pixel] =
      ((data[at] as number) * 77 +
        (data[at + 1] as number) * 150 +
        (data[at + 2] as number) * 29 +
        128) >>
      8;
  }
  return gray;
}

/** The same picture with one sample a pixel, where its samples are alike wherever one looks. */
export function withoutAlikeSamples(pixels: Pixels): Pixels {
  const { data, channels, width, height } = pixels;
  if (channels !== 3) return pixels;
  for (let at = 0; at < data.length; at += COLOR_STEP * channels) {
    if (data[at] !== data[at + 1] || data[at] !== data[at + 2]) return pixels;
  }
  return { data: takeSamples(data, width * height), width, height, channels: 1 };
}

/** Whether a reader would call the pixels coloured. */
export function isColored({ data, channels, width, height }: Pixels): boolean {
  if (channels === 1) return false;
  let colored = 0;
  const step = COLOR_STEP * channels;
  for (let at = 0; at < data.length; at += step) {
    const [r, g, b] = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
    if (Math.max(r, g, b) - Math.min(r, g, b) > COLOR_DIFFERENCE) colored++;
  }
  return colored > (width * height * COLORED_SHARE) / COLOR_STEP;
}

/** How far from the background a pixel must be to be ink, gray levels. */
const INK_DISTANCE = 48;
/** Every nth pixel is looked at for the background. */
const LEVEL_STEP = 13;
/** Below this many ink pixels there is not one letter. */
const LEAST_INK = 24;
/** Pixels that are looked at before asking whether that is enough. */
const STRETCH = 4_096;

/** Whether the raster holds less than one letter, on a background of any one shade. */
export function isBlank({ data }: GrayRaster): boolean {
  const darkest = usualLevel(data) - INK_DISTANCE;
  let ink = 0;
  for (let from = 0; from < data.length && ink < LEAST_INK; from += STRETCH) {
    ink += inkIn(data, from, Math.min(data.length, from + STRETCH), darkest);
  }
  return ink < LEAST_INK;
}

/** Without a branch for each pixel: a blank page is the only one that is gone through to its end. */
function inkIn(data: Uint8Array, from: number, to: number, darkest: number): number {
  let ink = 0;
  for (let at = from; at < to; at++) {
    // What is darker wraps round to something large.
    ink += +(((data[at] as number) - darkest) >>> 0 > 2 * INK_DISTANCE);
  }
  return ink;
}

function usualLevel(data: Uint8Array): number {
  const histogram = new Uint32Array(256);
  for (let at = 0; at < data.length; at += LEVEL_STEP) {
    (histogram[data[at] as number] as number)++;
  }
  return histogram.indexOf(Math.max(...histogram));
}
