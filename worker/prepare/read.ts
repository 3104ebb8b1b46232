import type { Preparation } from '#server/pages/layout.ts';
import type { Engine } from '#worker/ocr/engine.ts';
import { type Reading, readUpright } from '#worker/ocr/upright.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import { prepareRaster } from './index.ts';

export interface PreparedReading extends Reading {
  /** What was done to the pixels, in order, and why. */
  preparation: Preparation[];
}

/** Reads a page raster as `readUpright` does, after the treatments that it needs. */
export async function readPrepared(
  raster: GrayRaster,
  fixed: boolean,
  engine: Engine,
  options: Parameters<typeof readUpright>[3],
): Promise<PreparedReading> {
  const prepared = prepareRaster(raster);
  const reading = await readUpright(prepared.raster, fixed, engine, options);
  return { ...reading, preparation: prepared.steps };
}
