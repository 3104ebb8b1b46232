import type { Box } from '#server/pages/layout.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import { boxOf, type Components, findComponents } from '#worker/prepare/components.ts';
import { otsuThreshold } from '#worker/prepare/light.ts';
import { GRAY_LEVELS_PER_BIN } from '#worker/prepare/tiles.ts';
import { findCheckboxes } from './checkboxes.ts';
import { eraseBoxes, eraseRules } from './erase.ts';
import { findLeaders } from './leaders.ts';
import { findPictures } from './pictures.ts';
import { findRules, type Rule } from './rules.ts';

/** A raster without what is no text, and what was taken out of it. */
export interface CleanRaster {
  raster: GrayRaster;
  rules: Rule[];
  /** What was taken for pictures. */
  pictures: Box[];
  /** What is left of the ink. */
  ink: Components;
  /** Below it is ink, gray level. */
  threshold: number;
  /** The usual gray level of the paper. */
  paper: number;
}

/** Every nth pixel is looked at for the threshold. */
const STEP = 7;

/**
 * Takes rules, rows of dots, boxes to tick and pictures out of a raster, so that the engine neither reads them as
 * letters nor takes what stands between them for a picture.
 */
export function cleanRaster(page: GrayRaster, keepPictures = false): CleanRaster {
  const raster = { ...page, dpi: plausibleDpi(page) };
  const histogram = histogramOf(raster);
  const threshold = otsuThreshold(histogram);
  const rules = findRules(raster, threshold);
  const copy: GrayRaster = { ...raster, data: raster.data.slice() };
  eraseRules(copy, rules, threshold);
  const ink = findComponents(copy, threshold);
  const signs = [...findLeaders(ink, raster.dpi), ...findCheckboxes(ink, copy, threshold)];
  const pictures = keepPictures ? [] : findPictures(copy, ink, threshold);
  const paper = paperLevel(histogram);
  eraseBoxes(copy, [...signs.map((index) => boxOf(ink, index)), ...pictures], paper);
  const gone = new Set([...signs, ...indexesWithin(ink, pictures)]);
  return { raster: copy, rules, pictures, ink: without(ink, gone), threshold, paper };
}

/** Inches of the side of a square as large as a usual page. */
const USUAL_SIDE = 9.5;
/** A poster may be so much larger. */
const MOST_FACTOR = 2.2;

/** Files often name the resolution of a screen, at which their page would be a poster. */
function plausibleDpi({ dpi, width, height }: GrayRaster): number {
  const usual = Math.sqrt(width * height) / USUAL_SIDE;
  return dpi < usual / MOST_FACTOR ? usual : dpi;
}

function histogramOf({ data }: GrayRaster): Uint32Array {
  const histogram = new Uint32Array(256 / GRAY_LEVELS_PER_BIN);
  for (let at = 0; at < data.length; at += STEP) {
    (histogram[Math.floor((data[at] as number) / GRAY_LEVELS_PER_BIN)] as number)++;
  }
  return histogram;
}

function paperLevel(histogram: Uint32Array): number {
  return histogram.indexOf(Math.max(...histogram)) * GRAY_LEVELS_PER_BIN + GRAY_LEVELS_PER_BIN - 1;
}

/** Components whose middle is in one of the boxes. */
function indexesWithin(found: Components, boxes: Box[]): number[] {
  if (boxes.length === 0) return [];
  const indexes = Array.from({ length: found.count }, (_, index) => index);
  return indexes.filter((index) => {
    const [x0, y0, x1, y1] = boxOf(found, index);
    const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
    return boxes.some((box) => x >= box[0] && x < box[2] && y >= box[1] && y < box[3]);
  });
}

function without(found: Components, left: Set<number>): Components {
  if (left.size === 0) return found;
  const kept = Int32Array.from({ length: found.count }, (_, index) => index).filter(
    (index) => !left.has(index),
  );
  const pick = (list: Int32Array) => kept.map((index) => list[index] as number);
  const { x0, y0, x1, y1, area } = found;
  return {
    count: kept.length,
    x0: pick(x0),
    y0: pick(y0),
    x1: pick(x1),
    y1: pick(y1),
    area: pick(area),
  };
}
