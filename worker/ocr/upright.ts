import type { PageOptions } from '#server/documents/schemas.ts';
import type { Block, Preparation } from '#server/pages/layout.ts';
import { arrangeBlocks } from '#worker/layout/arrange.ts';
import { nameBlocks } from '#worker/layout/kinds.ts';
import type { Turn } from '#worker/page/preview.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import type { Budget } from './budget.ts';
import { certaintyOf } from './certainty.ts';
import type { Engine, RecognizeOptions } from './engine.ts';
import { type CleanRaster, cleanRaster } from './passes/clean.ts';
import { fillGaps } from './passes/index.ts';
import { turnRaster } from './turn.ts';

export interface ReadOptions extends RecognizeOptions, Pick<PageOptions, 'rotation' | 'quality'> {
  /** Clockwise degrees that seem to bring the raster upright. */
  likelyTurn: Turn;
  /** Of all that is done after the first reading. */
  budget: Budget;
}

export interface Reading {
  blocks: Block[];
  /** The raster that was read, in whose pixels the blocks are. */
  raster: GrayRaster;
  /** Clockwise degrees by which it was turned. */
  rotation: Turn;
  /** What was taken out of it before, and why. */
  cleaning: Preparation[];
}

/** Mean confidence below which a page may stand on its side or head. */
const DOUBTFUL = 60;
/** Confidence of words below which they are read again by themselves. */
const DOUBTED_WORDS = { fast: 0, balanced: 55, best: 80 };
/** Fewer letters than this say nothing. */
const FEW_LETTERS = 20;
/** Share of the words of three letters and more that stand higher than they are wide. */
const UPENDED_SHARE = 0.5;

/**
 * Reads a raster turned as it seems right, and again turned otherwise where the first reading looks as
 * if that was wrong; keeps the better one. A raster with native text (`fixed`) has shown its
 * orientation; otherwise one that was asked for is taken as it is.
 */
export async function readUpright(
  raster: GrayRaster,
  fixed: boolean,
  engine: Engine,
  options: ReadOptions,
): Promise<Reading> {
  return complete(await chooseTurn(raster, fixed, engine, options), engine, options);
}

async function chooseTurn(
  raster: GrayRaster,
  fixed: boolean,
  engine: Engine,
  options: ReadOptions,
): Promise<Try> {
  const { rotation, quality, likelyTurn } = options;
  if (!fixed && rotation !== 'auto') return readTurned(raster, rotation, engine, options);
  const first = await readTurned(raster, fixed ? 0 : likelyTurn, engine, options);
  if (fixed || quality === 'fast' || !isDoubtful(first.blocks)) return first;
  return options.budget.look(async (signal) => {
    const turn = (await engine.findTurn(raster)) ?? likelierTurn(first);
    if (turn === first.rotation) return first;
    const second = await readTurned(raster, turn, engine, { ...options, signal });
    return certaintyOf(second.blocks).total > certaintyOf(first.blocks).total ? second : first;
  }, first);
}

/**
 * Where nothing else tells: as lines that were read on their side ask for; of a page on its side the
 * other one, for figures and capitals line up as well at their heads as at their feet.
 */
function likelierTurn({ blocks, rotation }: Try): Turn {
  const { letters, upended } = certaintyOf(blocks);
  if (letters < FEW_LETTERS) return rotation;
  const onHead = rotation === 0 ? 0 : 180;
  const further = upended > UPENDED_SHARE ? turnOfLines(blocks) : onHead;
  return ((rotation + further) % 360) as Turn;
}

/** Clockwise degrees that bring upright what was read upwards, or downwards, on its side. */
function turnOfLines(blocks: Block[]): 90 | 270 {
  let upwards = 0;
  for (const { baseline, words } of blocks.flatMap(({ lines }) => lines)) {
    if (baseline) upwards += Math.sign(baseline[1] - baseline[3]) * words.length;
  }
  return upwards >= 0 ? 90 : 270;
}

interface Try extends Reading {
  clean: CleanRaster | null;
}

async function readTurned(
  raster: GrayRaster,
  rotation: Turn,
  engine: Engine,
  options: ReadOptions,
): Promise<Try> {
  const turned = turnRaster(raster, rotation);
  const clean = engine.wholePagesOnly ? null : cleanRaster(turned, options.quality === 'best');
  const { blocks } = await engine.recognize(clean?.raster ?? turned, options);
  const cleaning = clean?.pictures.length ? [PICTURES] : [];
  return { blocks, raster: turned, rotation, cleaning, clean };
}

const PICTURES: Preparation = {
  step: 'pictures',
  reason: 'It holds pictures, in which there is no gap as between lines and letters: not read.',
};

/** What the page looks like, and what was missed, matters only once it stands upright. */
async function complete(found: Try, engine: Engine, options: ReadOptions): Promise<Reading> {
  const { clean, blocks, ...rest } = found;
  if (!clean || options.segmentation !== 'auto') return { blocks, ...rest };
  const fill = (signal: AbortSignal) =>
    fillGaps(clean, blocks, engine, { ...options, signal }, DOUBTED_WORDS[options.quality]);
  const filled = options.quality === 'fast' ? blocks : await options.budget.look(fill, blocks);
  const arranged = arrangeBlocks(filled, { ...rest.raster, rules: clean.rules });
  return { blocks: nameBlocks(arranged, rest.raster), ...rest };
}

function isDoubtful(blocks: Block[]): boolean {
  const { letters, mean, upended } = certaintyOf(blocks);
  return letters < FEW_LETTERS || mean < DOUBTFUL || upended > UPENDED_SHARE;
}
