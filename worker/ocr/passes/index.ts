import type { Block, Line, Word } from '#server/pages/layout.ts';
import { union } from '#worker/page/boxes.ts';
import type { Engine, RecognizeOptions } from '../engine.ts';
import { dotsToBullets } from './bullets.ts';
import type { CleanRaster } from './clean.ts';
import { findDashes } from './dashes.ts';
import { dropGarbage, dropMisfits, mergeLines, strokesToLetters } from './merge.ts';
import { composeStrip } from './strip.ts';
import { type Fragment, findUncovered } from './uncovered.ts';

/**
 * Confidence below which a word of so many letters, or more, that was found on the second look is
 * left out: what pictures are read as is short.
 */
const LEAST_CONFIDENCE = [100, 72, 58, 38];
/** Ink of fewer letters than this is not worth another look, in widths of a letter. */
const LEAST_WIDTH = 0.3;

/**
 * Reads what the first pass left out or was not sure of: all such ink at once, line below line, and
 * puts the words that came out surer in their places. A page that was read whole costs a look at its
 * ink. Words below the confidence `doubtful` count as not read.
 */
export async function fillGaps(
  clean: CleanRaster,
  read: Block[],
  engine: Engine,
  options: RecognizeOptions,
  doubtful: number,
): Promise<Block[]> {
  const blocks = dropMisfits(read);
  const fragments = findUncovered(clean.ink, surely(doubtful, blocks), clean.raster.dpi).filter(
    isWorthReading,
  );
  const lines =
    fragments.length === 0 ? [] : await readFragments(clean, fragments, engine, options);
  const merged = tidy(mergeLines(blocks, lines));
  return mergeLines(
    merged,
    findDashes(clean.ink, wordsOf(merged), clean.raster.dpi).map((dash) => toLine([dash])),
  );
}

function surely(least: number, blocks: Block[]): Word[] {
  return wordsOf(blocks).filter(({ confidence }) => (confidence ?? 100) >= least);
}

function wordsOf(blocks: Block[]): Word[] {
  return blocks.flatMap((block) => block.lines.flatMap((line) => line.words));
}

function tidy(blocks: Block[]): Block[] {
  return dropGarbage(strokesToLetters(dotsToBullets(blocks)));
}

function isWorthReading({ box, height }: Fragment): boolean {
  return box[2] - box[0] >= LEAST_WIDTH * height;
}

async function readFragments(
  clean: CleanRaster,
  fragments: Fragment[],
  engine: Engine,
  options: RecognizeOptions,
): Promise<Line[]> {
  const { languages, signal } = options;
  const strip = await composeStrip(clean.raster, fragments, clean.paper);
  const read = await engine.recognize(strip.raster, {
    languages,
    segmentation: 'block',
    ...(signal && { signal }),
  });
  const found = new Map<number, Word[]>();
  for (const word of wordsOf(read.blocks)) {
    if (!isBelievable(word)) continue;
    const { fragment, box } = strip.locate(word.box);
    found.set(fragment, [...(found.get(fragment) ?? []), { ...word, box }]);
  }
  return [...found.values()].map(toLine);
}

function isBelievable({ text, confidence }: Word): boolean {
  const letters = text.replace(/[^\p{L}\p{N}$€£%]/gu, '').length;
  const least = LEAST_CONFIDENCE[Math.min(letters, LEAST_CONFIDENCE.length - 1)] as number;
  return (confidence ?? 100) >= least;
}

function toLine(words: Word[]): Line {
  const sorted = words.sort((one, other) => one.box[0] - other.box[0]);
  const box = sorted.map((word) => word.box).reduce(union);
  return { box, baseline: [box[0], box[3], box[2], box[3]], words: sorted };
}
