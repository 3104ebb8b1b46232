import type { Preparation } from '#server/pages/layout.ts';
import type { Turn } from '#worker/page/preview.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import { type Affine, compose, IDENTITY, scaling } from './affine.ts';
import { flattenBackground } from './background.ts';
import { deskew } from './deskew.ts';
import { invert } from './invert.ts';
import type { Lines } from './lines.ts';
import { type Measures, measurePage } from './measure.ts';
import { chooseScale, scaleRaster } from './scale.ts';
import { washOut } from './wash.ts';

export interface PrepareOptions {
  /** Whether sloping lines are set straight. */
  deskew: boolean;
  /** Whether the page is read at the size that its letters need. */
  scale: boolean;
  /** Whether all that is paler than ink is made paper; to be tried where the page cannot be read as it is. */
  wash: boolean;
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
  const measures = measurePage(raster);
  const clean = cleanRaster(raster, measures, options);
  const letters = options.wash ? measurePage(clean.raster) : measures;
  const placed = await placeRaster(clean.raster, letters, options);
  const scale = placed.raster.dpi / raster.dpi;
  return {
    ...placed,
    turn: likelyTurn(letters),
    xHeight: letters.xHeight * scale,
    steps: [...clean.steps, ...placed.steps],
  };
}

/** Treats what the pixels are like, and leaves them where they are. */
function cleanRaster(raster: GrayRaster, measures: Measures, { wash }: PrepareOptions) {
  const steps: Preparation[] = [];
  let made = raster;
  if (measures.inverted) {
    made = invert(made);
    steps.push({ step: 'invert', reason: 'It is written bright on dark.' });
  }
  if (measures.uneven) {
    made = flattenBackground(made, measures.tiles);
    steps.push({ step: 'background', reason: lightReason(measures) });
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
  const scale = options.scale ? chooseScale({ xHeight: measures.xHeight, dpi: raster.dpi }) : 1;
  let made = await scaleRaster(raster, scale);
  let toPage = IDENTITY;
  if (scale !== 1) {
    toPage = scaling(raster.width / made.width, raster.height / made.height);
    steps.push({ step: 'scale', reason: scaleReason(measures, scale) });
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
  return `${Math.round(100 * share)} %`;
}
