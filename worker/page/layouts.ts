import type { Block, Box, Layout, Word } from '#server/pages/layout.ts';
import { LAYOUT_VERSION, layoutWords } from '#server/pages/layout.ts';
import { identifyLanguages } from '#worker/languages/identify.ts';
import { filterWords } from '#worker/layout/filter-words.ts';
import type { Engine } from '#worker/ocr/engine.ts';
import type { PreparedReading } from '#worker/prepare/read.ts';
import { area, overlap } from './boxes.ts';
import type { DrawnPage, FinishedPage } from './prepared.ts';
import type { RecognizeTask } from './protocol.ts';

/** A recognised word that lies this much on native text is that text. */
const SAME_WORD_SHARE = 0.4;

/** The layout of a page whose text was there. */
export function finishedLayout(task: RecognizeTask, page: FinishedPage): Layout {
  const { source, width, height, dpi, blocks, reason, warnings } = page;
  const languages = task.candidates ? identifyLanguages(blocks, task.candidates, []) : [];
  return { ...emptyLayout(task), languages, source, width, height, dpi, blocks, reason, warnings };
}

/** The layout of a page that was drawn and on which nothing is to be read but its own text, if any. */
export function unreadLayout(task: RecognizeTask, page: DrawnPage): Layout {
  const { raster, native: blocks, warnings } = page;
  const { width, height, dpi } = raster.gray;
  const own = { ...emptyLayout(task), width, height, dpi, blocks, warnings };
  if (blocks.length === 0) return { ...own, source: 'blank', reason: 'The page is empty.' };
  const reason = `${page.reason} Nothing was left to read.`;
  return { ...own, source: 'native', reason };
}

/** The layout of a page that the engine has read, beside the text that it had. */
export function readLayout(
  task: RecognizeTask,
  page: DrawnPage,
  reading: PreparedReading,
  engine: Engine,
): Layout {
  const { width, height, dpi } = reading.raster;
  const recognized =
    page.native.length > 0 ? withoutNative(reading.blocks, page.native) : reading.blocks;
  const layout: Layout = {
    ...emptyLayout(task),
    width,
    height,
    dpi,
    rotation: reading.rotation,
    skew: reading.skew,
    preparation: reading.preparation,
    source: page.native.length === 0 ? 'ocr' : recognized.length === 0 ? 'native' : 'mixed',
    reason: page.reason,
    engine: { name: engine.name, version: engine.version },
    languages: reading.languages,
    confidence: meanConfidence(recognized),
    blocks: inReadingOrder(page.native, recognized),
    warnings: page.warnings,
  };
  if (layoutWords(layout).length > 0) return layout;
  return {
    ...layout,
    warnings: [...layout.warnings, 'The page is not empty, but no text was found on it.'],
  };
}

function emptyLayout(
  task: RecognizeTask,
): Omit<Layout, 'width' | 'height' | 'dpi' | 'source' | 'reason' | 'warnings'> {
  return {
    version: LAYOUT_VERSION,
    page: task.page,
    rotation: 0,
    skew: 0,
    preparation: [],
    engine: null,
    languages: [],
    confidence: null,
    blocks: [],
  };
}

/** The recognised words that are not the page's own text. */
function withoutNative(blocks: Block[], native: Block[]): Block[] {
  const boxes = native.flatMap((block) =>
    block.lines.flatMap((line) => line.words.map((word) => word.box)),
  );
  const isNew = (word: Word) =>
    !boxes.some((box) => overlap(box, word.box) > SAME_WORD_SHARE * area(word.box));
  return filterWords(blocks, isNew);
}

/**
 * What was read among the page's own text, whose order holds: each block after the last one that
 * stands above it in its column.
 */
function inReadingOrder(native: Block[], recognized: Block[]): Block[] {
  if (native.length === 0) return recognized;
  const ordered = [...native];
  for (const block of recognized) {
    const above = ordered.findLastIndex((other) => isAbove(other.box, block.box));
    const below = ordered.findIndex((other) => isAbove(block.box, other.box));
    ordered.splice(above >= 0 ? above + 1 : below >= 0 ? below : ordered.length, 0, block);
  }
  return ordered;
}

function isAbove(one: Box, other: Box): boolean {
  const shared = Math.min(one[2], other[2]) - Math.max(one[0], other[0]);
  return one[1] < other[1] && shared > 0;
}

function meanConfidence(blocks: Block[]): number | null {
  let letters = 0;
  let sum = 0;
  for (const word of blocks.flatMap((block) => block.lines.flatMap((line) => line.words))) {
    letters += word.text.length;
    sum += word.text.length * (word.confidence ?? 0);
  }
  return letters === 0 ? null : sum / letters;
}
