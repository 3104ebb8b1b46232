import type { Block, Box, Layout, Line, Word } from '../pages/layout.ts';
import { lineText } from '../pages/line-text.ts';
import { locateCorrections, type Place } from './locate.ts';
import { spreadText } from './spread.ts';

/** What a person has made of some words of a page. */
export interface Correction {
  id: string;
  /** The words that it was made on: the first, from 0 in reading order, and how many. */
  firstWord: number;
  wordCount: number;
  /** Around those words, as shares of the page's width and height. */
  box: Box;
  /** Those words as they were read. */
  oldText: string;
  /** The same text where they were found right; empty where there is no text. */
  newText: string;
}

/** Words that are edited as one: a word as it was read, or what a correction has made of some. */
export interface Segment extends Place {
  /** The id of the correction; null for a word as it was read. */
  correction: string | null;
  /** As they are now; none where they were removed. */
  words: Word[];
}

export interface TracedLine {
  line: Line;
  segments: Segment[];
}

export interface TracedLayout {
  layout: Layout;
  /** The lines of each block. */
  blocks: TracedLine[][];
  /** Ids of corrections whose words are not on this layout. */
  unplaced: string[];
}

/**
 * The layout with what people have corrected. A correction counts where the words that it was made
 * on, or those that it made, stand at the same place; elsewhere it changes nothing.
 */
export function applyCorrections(layout: Layout, corrections: Correction[]): Layout {
  if (corrections.length === 0) return layout;
  return correctedLayout(traceCorrections(layout, corrections));
}

/** The layout in segments, each with its place in the layout as it was read. */
export function traceCorrections(layout: Layout, corrections: Correction[]): TracedLayout {
  const { placed, unplaced } = locateCorrections(layout, corrections);
  let next = 0;
  const blocks = layout.blocks.map((block) =>
    block.lines.map((line) => {
      const first = next;
      next += line.words.length;
      return { line, segments: segmentsOf(line, first, placed) };
    }),
  );
  return { layout, blocks, unplaced };
}

/** The text of segments, as on one line. */
export function segmentsText(segments: Segment[]): string {
  return lineText(segments.flatMap(({ words }) => words));
}

function segmentsOf(line: Line, first: number, placed: Map<number, Placed>): Segment[] {
  const segments: Segment[] = [];
  for (let at = 0; at < line.words.length; ) {
    const found = placed.get(first + at);
    const count = found?.count ?? 1;
    const words = line.words.slice(at, at + count);
    segments.push({
      first: first + at,
      count,
      correction: found?.correction.id ?? null,
      words: found ? spreadText(words, found.correction.newText) : words,
    });
    at += count;
  }
  return segments;
}

type Placed = Place & { correction: Correction };

function correctedLayout({ layout, blocks }: TracedLayout): Layout {
  const corrected = layout.blocks.flatMap((block, index) =>
    correctedBlock(block, blocks[index] ?? []),
  );
  return { ...layout, blocks: corrected, confidence: meanConfidence(corrected) };
}

/** A table names its lines by their places, so it keeps those that have become empty. */
function correctedBlock(block: Block, traced: TracedLine[]): Block[] {
  const lines = traced.map(correctedLine);
  const kept = 'table' in block ? lines : lines.filter(({ words }) => words.length > 0);
  return kept.length === 0 ? [] : [{ ...block, lines: kept }];
}

function correctedLine({ line, segments }: TracedLine): Line {
  const words = segments.flatMap((segment) => segment.words);
  if (segments.every(({ correction }) => correction === null)) return line;
  return { ...line, words };
}

/** Weighted by letters, over the words that have one; 0–100. */
function meanConfidence(blocks: Block[]): number | null {
  let letters = 0;
  let sum = 0;
  for (const { text, confidence } of blocks.flatMap(({ lines }) => lines.flatMap((l) => l.words))) {
    if (confidence === null) continue;
    letters += text.length;
    sum += text.length * confidence;
  }
  return letters === 0 ? null : sum / letters;
}
