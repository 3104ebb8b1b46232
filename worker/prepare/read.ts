import type { Preparation } from '#server/pages/layout.ts';
import { certaintyOf } from '#worker/ocr/certainty.ts';
import type { Engine } from '#worker/ocr/engine.ts';
import { turnRaster } from '#worker/ocr/turn.ts';
import { type Reading, type ReadOptions, readUpright } from '#worker/ocr/upright.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import { compose, inverse, mapBlocks, turning } from './affine.ts';
import { type PreparedRaster, prepareRaster } from './index.ts';

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

/** Mean confidence below which a page is read again without what is paler than ink. */
const DOUBTFUL = 75;
/** Fewer letters are rather a picture than a page that cannot be read. */
const FEW_LETTERS = 100;

/**
 * Reads a page raster as `readUpright` does, after the treatments that it needs. The blocks are on the
 * raster that was given, turned upright. One with native text (`fixed`) is neither turned nor set
 * straight, and one whose resolution was asked for is not scaled.
 */
export async function readPrepared(
  raster: GrayRaster,
  fixed: boolean,
  engine: Engine,
  options: PreparedReadOptions,
): Promise<PreparedReading> {
  const first = await readOnce(raster, { fixed, wash: false }, engine, options);
  const { letters, mean, total } = certaintyOf(first.blocks);
  const sure = (mean >= DOUBTFUL && options.quality !== 'best') || !first.washable;
  if (options.quality === 'fast' || letters < FEW_LETTERS || sure) return first;
  const { chooseLanguages, ...others } = options;
  const again = { ...others, languages: first.languages };
  return options.budget.look(async (signal) => {
    const second = await readOnce(raster, { fixed, wash: true }, engine, { ...again, signal });
    return certaintyOf(second.blocks).total > total ? second : first;
  }, first);
}

async function readOnce(
  raster: GrayRaster,
  { fixed, wash }: { fixed: boolean; wash: boolean },
  engine: Engine,
  options: PreparedReadOptions,
): Promise<PreparedReading> {
  const prepared = await prepareRaster(raster, {
    deskew: options.deskew && !fixed,
    scale: options.dpi === null,
    wash,
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
