import type { Preparation } from '#server/pages/layout.ts';
import type { Turn } from '#worker/page/preview.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import { type Affine, compose, IDENTITY, scaling } from './affine.ts';
import { flattenBackground } from './background.ts';
import { deskew } from './deskew.ts';
import { despeckle } from './despeckle.ts';
import { invert } from './invert.ts';
import type { Lines } from './lines.ts';
import { type Measures, measurePage } from './measure.ts';
import { turnReversed } from './reversed.ts';
import { chooseScale, scaleRaster } from './scale.ts';
import { smoothen } from './smoothen.ts';
import { GRAY_LEVELS_PER_BIN } from './tiles.ts';
import { washOut } from './wash.ts';

export interface PrepareOptions {
  /** Whether sloping lines are set straight. */
  deskew: boolean;
  /** Whether the page is read at the size that its letters need. */
  scale: boolean;
  /** Whether it is read larger than its letters need. */
  enlarge?: boolean;
  /** Whether all that is paler than ink is made paper; to be tried where the page cannot be read as it is. */
  wash?: boolean;
}

export interface PreparedRaster {
  raster: GrayRaster;
  /** From its pixels to those of the raster that was given. */
  toPage: Affine;
  /** Clockwise degrees that seem to bring it upright. */
  turn: Turn;
  /** Height of its lower-case letters, pixels; 0 where it has too few letters. */
  xHeight: number;
  /** Degrees by which the lines stood turned clockwise; 0 where they were left as they are. */
  skew: number;
  /** Whether it has anything that is paler than ink, and no paper. */
  washable: boolean;
  /** What was done, in order, and why. */
  steps: Preparation[];
}

/** Degrees of slope that the engine reads as well as straight lines. */
const LEAST_SKEW = 0.5;
/** Feet on one line, in what evenly spread ones would be: less is no text. */
const LEAST_SHARPNESS = 3;

/** Measures a page and does what the engine needs to read it; good pages stay as they are. */
export async function prepareRaster(
  raster: GrayRaster,
  options: PrepareOptions,
): Promise<PreparedRaster> {
  const dark = darkOnLight(raster);
  const { measures } = dark;
  const clean = await cleanRaster(dark.raster, measures, options);
  const changed = options.wash || isSpecky(measures);
  const letters = changed ? measurePage(clean.raster) : measures;
  const placed = await placeRaster(clean.raster, letters, options);
  const scale = placed.raster.dpi / raster.dpi;
  return {
    ...placed,
    turn: likelyTurn(letters),
    xHeight: letters.xHeight * scale,
    washable: isWashable(measures),
    steps: [...dark.steps, ...clean.steps, ...placed.steps],
  };
}

/** All that is written becomes dark on light, the page first, then areas of it. */
function darkOnLight(raster: GrayRaster) {
  const steps: Preparation[] = [];
  let made = raster;
  let measures = measurePage(raster);
  if (measures.inverted) {
    made = invert(made);
    steps.push({ step: 'invert', reason: 'It is written bright on dark.' });
  }
  const reversed = turnReversed(made);
  const { length } = reversed.areas;
  if (length > 0) {
    made = reversed.raster;
    measures = measurePage(made);
    const places = length === 1 ? 'a dark area' : `${length} dark areas`;
    steps.push({ step: 'invert', reason: `Light letters stand on ${places}.` });
  }
  return { raster: made, measures, steps };
}

/** Noise in the contrast of the text, on a page whose letters are not shrunk so far that it goes. */
const MOST_GRAIN = 0.1;
const KEPT_SCALE = 0.6;

function isGrainy({ flat, xHeight }: Measures, { dpi }: GrayRaster): boolean {
  if (flat.contrast === 0 || chooseScale({ xHeight, dpi }) < KEPT_SCALE) return false;
  return flat.noise > MOST_GRAIN * flat.contrast;
}

function grainReason({ flat }: Measures): string {
  return `Its noise is ${percent(flat.noise / flat.contrast)} of the contrast of its text.`;
}

/** With fewer letters specks are rather what is on the page. */
const FEW_LETTERS = 100;
/** Specks a letter that clean pages have not, nor those with a picture. */
const MOST_SPECKS = 0.8;

function isSpecky({ specks, letters }: Measures): boolean {
  return specks > MOST_SPECKS && letters >= FEW_LETTERS;
}

function speckReason({ specks }: Measures): string {
  return `It has ${specks.toFixed(1)} specks for each of its letters.`;
}

/** Shares of the contrast between which a pixel is neither paper nor ink, and of such pixels. */
const PALE = { from: 0.1, to: 0.45 };
const LEAST_PALE = 0.002;

function isWashable({ uneven, tiles, flat }: Measures): boolean {
  if (uneven) return true;
  let [pale, all] = [0, 0];
  for (const [bin, count] of tiles.histogram.entries()) {
    const darkness = (flat.paper - bin * GRAY_LEVELS_PER_BIN) / Math.max(1, flat.contrast);
    if (darkness > PALE.from && darkness < PALE.to) pale += count;
    all += count;
  }
  return pale >= LEAST_PALE * all;
}

/** Treats what the pixels are like, and leaves them where they are. */
async function cleanRaster(raster: GrayRaster, measures: Measures, { wash }: PrepareOptions) {
  const steps: Preparation[] = [];
  let made = raster;
  if (measures.uneven) {
    made = flattenBackground(made, measures.tiles);
    steps.push({ step: 'background', reason: lightReason(measures) });
  }
  if (isGrainy(measures, raster)) {
    made = smoothen(made);
    steps.push({ step: 'smooth', reason: grainReason(measures) });
  }
  if (isSpecky(measures)) {
    made = await despeckle(made, measures);
    steps.push({ step: 'despeckle', reason: speckReason(measures) });
  }
  if (wash) {
    made = washOut(made, measures.flat);
    steps.push({
      step: 'wash',
      reason: 'It could not be read with all that is paler than its ink.',
    });
  }
  return { raster: made, steps };
}

/** Sets the lines straight, at the size that the letters need. */
async function placeRaster(raster: GrayRaster, measures: Measures, options: PrepareOptions) {
  const steps: Preparation[] = [];
  const scale = scaleFor(measures, raster, options);
  let made = await scaleRaster(raster, scale);
  let toPage = IDENTITY;
  if (scale !== 1) {
    toPage = scaling(raster.width / made.width, raster.height / made.height);
    const reason = options.enlarge ? LARGER : scaleReason(measures, scale);
    steps.push({ step: 'scale', reason });
  }
  const skew = options.deskew ? skewOf(measures.lines) : 0;
  if (skew !== 0) {
    const straight = deskew(made, skew, measures.flat.paper);
    made = straight.raster;
    toPage = compose(straight.toSource, toPage);
    steps.push({ step: 'deskew', reason: `Its lines slope by ${skew.toFixed(1)}°.` });
  }
  return { raster: made, toPage, skew, steps };
}

/** How much larger a page is read, whose first reading may not be the best. */
const ENLARGEMENT = 1.4;
const LARGER = 'It read better at a larger size than its letters need.';

function scaleFor(
  { xHeight }: Measures,
  { dpi }: GrayRaster,
  { scale, enlarge }: PrepareOptions,
): number {
  if (!scale) return 1;
  return chooseScale({ xHeight, dpi }) * (enlarge ? ENLARGEMENT : 1);
}

function scaleReason({ xHeight }: Measures, scale: number): string {
  const letters =
    xHeight === 0
      ? 'It has too few letters to measure'
      : `Its small letters are ${xHeight.toFixed(0)} pixels high`;
  return `${letters}: read at ${percent(scale)} of its size.`;
}

function lightReason({ light }: Measures): string {
  return `One threshold would take ${percent(light.misjudged)} of the paper for ink; the darker paper has ${percent(light.evenness)} of the light of its brighter.`;
}

function skewOf(lines: Lines | null): number {
  const clear = lines && lines.sharpness >= LEAST_SHARPNESS && Math.abs(lines.skew) >= LEAST_SKEW;
  return clear ? Math.round(lines.skew * 100) / 100 : 0;
}

/** Fewer letters can line up by chance. */
const LEAST_LETTERS = 150;
/** Below these the turn is left to what reading the page as it is shows. */
const LEAST_NEIGHBOURS = 0.65;
const LEAST_LEAD_OVER_HEAD = 1.15;

function likelyTurn({ lines, letters }: Measures): Turn {
  if (!lines || letters < LEAST_LETTERS || lines.sharpness < LEAST_SHARPNESS) return 0;
  if (lines.neighbours < LEAST_NEIGHBOURS) return 0;
  if (lines.leadOverHead < LEAST_LEAD_OVER_HEAD && lines.turn === 180) return 0;
  return lines.turn;
}

function percent(share: number): string {
  return `${share < 0.01 ? (100 * share).toFixed(1) : Math.round(100 * share)} %`;
}
