import type { Preparation } from '#server/pages/layout.ts';
import { certaintyOf } from '#worker/ocr/certainty.ts';
import type { Engine } from '#worker/ocr/engine.ts';
import { turnRaster } from '#worker/ocr/turn.ts';
import { type Reading, type ReadOptions, readUpright } from '#worker/ocr/upright.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import { compose, inverse, mapBlocks, turning } from './affine.ts';
import { type PreparedRaster, type PrepareOptions, prepareRaster } from './index.ts';

export interface PreparedReading extends Reading {
  /** Whether reading it without what is paler than ink may say more. */
  washable: boolean;
  /** That it was read in. */
  languages: string[];
  /** Degrees by which the lines stand turned clockwise on the raster. */
  skew: number;
  /** What was done to the pixels, in order, and why. */
  preparation: Preparation[];
}

export interface PreparedReadOptions extends Omit<ReadOptions, 'likelyTurn'> {
  deskew: boolean;
  dpi: number | null;
  /** Answers what the upright page is to be read in; asked once, before it is read. */
  chooseLanguages?: (upright: GrayRaster, xHeight: number) => Promise<string[]>;
}

/** Fewer letters are rather a picture than a page that cannot be read. */
const FEW_LETTERS = 100;

/**
 * Reads a page raster as `readUpright` does, after the treatments that it needs, and again otherwise
 * treated where that may help and the time allows it; the surest reading stays. The blocks are on the
 * raster that was given, turned upright. One with native text (`fixed`) is neither turned nor set
 * straight, and one whose resolution was asked for is not scaled.
 */
export async function readPrepared(
  raster: GrayRaster,
  fixed: boolean,
  engine: Engine,
  options: PreparedReadOptions,
): Promise<PreparedReading> {
  let best = await readOnce(raster, fixed, {}, engine, options);
  const { chooseLanguages, ...others } = options;
  const again = { ...others, languages: best.languages };
  if (certaintyOf(best.blocks).letters < FEW_LETTERS) return best;
  for (const look of otherLooks(best, options)) {
    best = await options.budget.look(async (signal) => {
      const next = await readOnce(raster, fixed, look, engine, { ...again, signal });
      return certaintyOf(next.blocks).total > certaintyOf(best.blocks).total ? next : best;
    }, best);
  }
  return best;
}

/** How a page is treated beyond what its measures ask for. */
type Look = Pick<PrepareOptions, 'wash' | 'enlarge'>;

/** Mean confidence below which a page is read again without what is paler than ink. */
const DOUBTFUL = { balanced: 75, best: 90 };

function otherLooks(
  { blocks, washable }: PreparedReading,
  { quality, dpi }: PreparedReadOptions,
): Look[] {
  if (quality === 'fast') return [];
  const doubtful = certaintyOf(blocks).mean < DOUBTFUL[quality];
  return [
    ...(quality === 'best' && dpi === null ? [{ enlarge: true }] : []),
    ...(doubtful && washable ? [{ wash: true }] : []),
  ];
}

async function readOnce(
  raster: GrayRaster,
  fixed: boolean,
  look: Look,
  engine: Engine,
  options: PreparedReadOptions,
): Promise<PreparedReading> {
  const prepared = await prepareRaster(raster, {
    deskew: options.deskew && !fixed,
    scale: options.dpi === null,
    ...look,
  });
  const languages = await languagesOf(prepared, fixed, options);
  const reading = await readUpright(prepared.raster, fixed, engine, {
    ...options,
    languages,
    likelyTurn: prepared.turn,
  });
  return {
    ...reading,
    languages,
    washable: prepared.washable,
    ...onPage(reading, prepared, raster),
    skew: prepared.skew,
    preparation: [...prepared.steps, ...reading.cleaning],
  };
}

async function languagesOf(
  { raster, turn, xHeight }: PreparedRaster,
  fixed: boolean,
  { languages, rotation, chooseLanguages }: PreparedReadOptions,
): Promise<string[]> {
  if (!chooseLanguages) return languages;
  const asked = rotation === 'auto' ? turn : rotation;
  return chooseLanguages(turnRaster(raster, fixed ? 0 : asked), xHeight);
}

function onPage(
  { blocks, rotation }: Reading,
  { raster, toPage }: PreparedRaster,
  page: GrayRaster,
): Pick<Reading, 'blocks' | 'raster'> {
  const upright = turnRaster(page, rotation);
  if (raster === page) return { blocks, raster: upright };
  const asRead = turning(rotation, raster.width, raster.height);
  const onUpright = compose(toPage, turning(rotation, page.width, page.height));
  return { blocks: mapBlocks(blocks, compose(inverse(asRead), onUpright)), raster: upright };
}
