import type { GrayRaster } from '#worker/page/raster.ts';
import type { RawBox } from '../tesseract-blocks.ts';
import type { Line } from './recognizer.ts';

/** Gray pixels, 0 black to 255 white, row by row from the top. */
export interface LineImage {
  width: number;
  height: number;
  pixels: Uint8Array;
}

/** Tesseract's shares and half widths of its unsharp mask, and the scales (new over old) they hold for. */
const SHRINKS_BELOW = 0.7;
const SHARPENS_BELOW = 1.4;
const SHRUNK = { reach: 1, share: 0.2 };
const OTHER = { reach: 2, share: 0.4 };

/**
 * A part of the page at `height` pixels, interpolated and sharpened as Tesseract's line recognisers were
 * trained on. The box is in whole pixels within the raster.
 */
export function cutLine(raster: GrayRaster, box: RawBox, height: number): LineImage {
  const cut = { left: box.x0, top: box.y0, width: box.x1 - box.x0, height: box.y1 - box.y0 };
  const scale = height / cut.height;
  const scaled =
    scale < SHRINKS_BELOW
      ? averaged(raster, cut, scale, height)
      : interpolated(raster, cut, scale, height);
  if (scale >= SHARPENS_BELOW) return scaled;
  return sharpened(scaled, scale < SHRINKS_BELOW ? SHRUNK : OTHER);
}

interface Cut {
  left: number;
  top: number;
  width: number;
  height: number;
}

function interpolated(
  { data: pixels, width: stride }: GrayRaster,
  cut: Cut,
  scale: number,
  height: number,
): LineImage {
  const width = Math.max(1, Math.round(cut.width * scale));
  const result = new Uint8Array(width * height);
  const [lefts, rightShares] = placesOf(width, cut.width);
  const [tops, lowerShares] = placesOf(height, cut.height);
  const lastColumn = cut.width - 1;
  for (let y = 0; y < height; y += 1) {
    const above = (cut.top + (tops[y] as number)) * stride + cut.left;
    const below = (cut.top + Math.min((tops[y] as number) + 1, cut.height - 1)) * stride + cut.left;
    const lower = lowerShares[y] as number;
    for (let x = 0; x < width; x += 1) {
      const x0 = lefts[x] as number;
      const x1 = x0 < lastColumn ? x0 + 1 : x0;
      const share = rightShares[x] as number;
      const a = pixels[above + x0] as number;
      const b = pixels[above + x1] as number;
      const c = pixels[below + x0] as number;
      const d = pixels[below + x1] as number;
      const upperRow = a + (b - a) * share;
      const lowerRow = c + (d - c) * share;
      result[y * width + x] = upperRow + (lowerRow - upperRow) * lower + 0.5;
    }
  }
  return { width, height, pixels: result };
}

function placesOf(size: number, sourceSize: number): [Int32Array, Float32Array] {
  const places = new Int32Array(size);
  const shares = new Float32Array(size);
  for (let i = 0; i < size; i += 1) {
    const place = (i * sourceSize) / size;
    places[i] = Math.min(Math.floor(place), sourceSize - 1);
    shares[i] = place - Math.floor(place);
  }
  return [places, shares];
}

function averaged(
  { data: pixels, width: stride }: GrayRaster,
  cut: Cut,
  scale: number,
  height: number,
): LineImage {
  const width = Math.max(1, Math.round(cut.width * scale));
  const result = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const [y0, y1] = spanOf(y, height, cut.height);
    for (let x = 0; x < width; x += 1) {
      const [x0, x1] = spanOf(x, width, cut.width);
      let sum = 0;
      for (let v = y0; v < y1; v += 1) {
        const row = (cut.top + v) * stride + cut.left;
        for (let u = x0; u < x1; u += 1) sum += pixels[row + u] as number;
      }
      result[y * width + x] = sum / ((y1 - y0) * (x1 - x0)) + 0.5;
    }
  }
  return { width, height, pixels: result };
}

function spanOf(place: number, size: number, sourceSize: number): [number, number] {
  const start = Math.floor((place * sourceSize) / size);
  return [start, Math.max(start + 1, Math.floor(((place + 1) * sourceSize) / size))];
}

/** Adds to each pixel a share of what it differs by from the mean of its neighbours. */
function sharpened(
  image: LineImage,
  { reach, share }: { reach: number; share: number },
): LineImage {
  const { width, height, pixels } = image;
  const side = 2 * reach + 1;
  if (width < side || height < side) return image;
  const sums = columnSums(image, reach);
  const result = pixels.slice();
  const area = side * side;
  for (let y = reach; y < height - reach; y += 1) {
    const row = y * width;
    let sum = 0;
    for (let x = 0; x < side; x += 1) sum += sums[row + x] as number;
    for (let x = reach; x < width - reach; x += 1) {
      const pixel = pixels[row + x] as number;
      const sharp = pixel + share * (pixel - sum / area);
      result[row + x] = sharp <= 0 ? 0 : sharp >= 255 ? 255 : sharp + 0.5;
      sum += (sums[row + x + reach + 1] as number) - (sums[row + x - reach] as number);
    }
  }
  return { width, height, pixels: result };
}

function columnSums({ width, height, pixels }: LineImage, reach: number): Int32Array {
  const sums = new Int32Array(width * height);
  for (let y = reach; y < height - reach; y += 1) {
    for (let dy = -reach; dy <= reach; dy += 1) {
      const from = (y + dy) * width;
      const to = y * width;
      for (let x = 0; x < width; x += 1)
        sums[to + x] = (sums[to + x] as number) + (pixels[from + x] as number);
    }
  }
  return sums;
}

/** Share of the pixels of a line that are ink at least. */
const LEAST_INK = 0.01;

/**
 * Pixels as the network takes them, -127 black to 127 white: between the darkest quarter of the
 * minima and the lightest quarter of the maxima along the middle of the line. Where so few strokes cross
 * it that most minima are noise of the paper, black is what the darkest pixels of the line are.
 */
export function normalise({ width, height, pixels }: LineImage): Line {
  const [lowest, white] = contrastOf(
    pixels.subarray(width * (height >> 1), width * ((height >> 1) + 1)),
  );
  const ink = darkest(pixels, LEAST_INK);
  const black = lowest > (ink + white) / 2 ? ink : lowest;
  const contrast = white > black ? (white - black) / 2 : 1;
  const levels = Int8Array.from({ length: 256 }, (_, level) => {
    const value = Math.round(128 * ((level - black) / contrast - 1));
    return Math.min(127, Math.max(-127, value));
  });
  const result = new Int8Array(pixels.length);
  for (let at = 0; at < pixels.length; at += 1) result[at] = levels[pixels[at] as number] as number;
  return { width, pixels: result };
}

/** The level that this share of the pixels does not exceed. */
function darkest(pixels: Uint8Array, share: number): number {
  const counts = new Uint32Array(256);
  for (const pixel of pixels) counts[pixel] = (counts[pixel] as number) + 1;
  let level = 0;
  for (let sum = counts[0] as number; sum < share * pixels.length; level += 1)
    sum += counts[level + 1] as number;
  return level;
}

function contrastOf(row: Uint8Array): [number, number] {
  const minima: number[] = [];
  const maxima: number[] = [];
  for (let x = 1; x + 1 < row.length; x += 1) {
    const [before, at, after] = [row[x - 1] as number, row[x] as number, row[x + 1] as number];
    if ((at < before && at <= after) || (at <= before && at < after)) minima.push(at);
    if ((at > before && at >= after) || (at >= before && at > after)) maxima.push(at);
  }
  return [quantile(minima, 0.25) ?? 0, quantile(maxima, 0.75) ?? 255];
}

/** Tesseract's: interpolated among equal levels, from the level to the one above it. */
function quantile(levels: number[], share: number): number | undefined {
  if (levels.length === 0) return undefined;
  const sorted = levels.sort((one, other) => one - other);
  const target = Math.max(1, share * sorted.length);
  const level = sorted[Math.ceil(target) - 1] as number;
  const upTo = sorted.lastIndexOf(level) + 1;
  return level + 1 - (upTo - target) / (upTo - sorted.indexOf(level));
}
