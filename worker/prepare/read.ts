import type { Preparation } from '#server/pages/layout.ts';
import { certaintyOf } from '#worker/ocr/certainty.ts';
import type { Engine } from '#worker/ocr/engine.ts';
import { turnRaster } from '#worker/ocr/turn.ts';
import { type Reading, type ReadOptions, readUpright } from '#worker/ocr/upright.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import { compose, inverse, mapBlocks, turning } from './affine.ts';
import { type PreparedRaster, prepareRaster } from './index.ts';

export interface PreparedReading extends Reading {
  /** Degrees by which the lines stand turned clockwise on the raster. */
  skew: number;
  /** What was done to the pixels, in order, and why. */
  preparation: Preparation[];
}

export interface PreparedReadOptions extends Omit<ReadOptions, 'likelyTurn'> {
  deskew: boolean;
  dpi: number | null;
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
  const read = (wash: boolean) => readOnce(raster, { fixed, wash }, engine, options);
  const first = await read(false);
  const { letters, mean, total } = certaintyOf(first.blocks);
  const sure = mean >= DOUBTFUL && options.quality !== 'best';
  if (options.quality === 'fast' || letters < FEW_LETTERS || sure) return first;
  const second = await read(true);
  return certaintyOf(second.blocks).total > total ? second : first;
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
  const reading = await readUpright(prepared.raster, fixed, engine, {
    ...options,
    likelyTurn: prepared.turn,
  });
  return {
    ...reading,
    ...onPage(reading, prepared, raster),
    skew: prepared.skew,
    preparation: prepared.steps,
  };
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
