import type { Block, Box, Word } from '#server/pages/layout.ts';
import { union } from '#worker/page/boxes.ts';
import { cleanText } from '#worker/page/text.ts';
import { type Matrix, multiply, transformBox } from './matrix.ts';
import type { PageText } from './page-text.ts';
import { type Segment, toReadingOrder } from './reading-order.ts';

export interface TextStyles {
  [fontName: string]: { ascent: number; descent: number; vertical: boolean };
}

/** Shares of the height of a line. */
const WORD_GAP = 0.15;
const SEGMENT_GAP = 1.5;
const BASELINE_DRIFT = 0.4;

/** A run of text along its own baseline, in pixels of the raster. */
interface Run {
  text: string;
  provenance: Word['provenance'];
  box: Box;
  /** Start of its baseline, the direction of it, its length and its height. */
  origin: [number, number];
  direction: [number, number];
  length: number;
  height: number;
  ascent: number;
  descent: number;
}

/** The text of a page in reading order; `toRaster` leads from page points to pixels. */
export function nativeBlocks(items: PageText[], styles: TextStyles, toRaster: Matrix): Block[] {
  const segments: Segment[] = [];
  let last: Run | undefined;
  for (const text of items) {
    const run = toRun(text, styles, toRaster);
    const joined = last && last.provenance === run.provenance && follows(last, run);
    if (!joined)
      segments.push({ words: [], box: run.box, baseline: [0, 0, 0, 0], height: run.height });
    addWords(segments.at(-1) as Segment, run, last && joined ? last : undefined);
    last = run;
  }
  return toReadingOrder(segments.filter((segment) => segment.words.length > 0));
}

function toRun({ item, provenance }: PageText, styles: TextStyles, toRaster: Matrix): Run {
  const matrix = multiply(toRaster, item.transform as unknown as Matrix);
  const style = styles[item.fontName];
  const [a, b, c, d, e, f] = matrix;
  const scale = Math.hypot(toRaster[0], toRaster[1]);
  const height = Math.hypot(c, d) || item.height * scale;
  const vertical = style?.vertical ?? false;
  const along: [number, number] = vertical ? [-c / height, -d / height] : unit(a, b);
  const length = (vertical ? item.height : item.width) * scale;
  const ascent = vertical ? 0.5 : style?.ascent || 0.8;
  const descent = vertical ? -0.5 : style?.descent || -0.2;
  const run = {
    text: item.str,
    provenance,
    origin: [e, f] as [number, number],
    direction: along,
    length,
    height,
    ascent,
    descent,
  };
  return { ...run, box: partBox(run, 0, length) };
}

function unit(x: number, y: number): [number, number] {
  const length = Math.hypot(x, y) || 1;
  return [x / length, y / length];
}

/** The box of the part of a run between two distances from its start. */
function partBox(run: Omit<Run, 'box'>, from: number, to: number): Box {
  const [ux, uy] = run.direction;
  const frame: Matrix = [ux, uy, uy, -ux, ...run.origin];
  return transformBox(frame, [from, run.descent * run.height, to, run.ascent * run.height]);
}

/** Whether a run goes on in the line of the one before it. */
function follows(last: Run, run: Run): boolean {
  const { along, across } = offset(last, run);
  const height = Math.max(last.height, run.height);
  return (
    last.direction[0] * run.direction[0] + last.direction[1] * run.direction[1] > 0.99 &&
    Math.abs(across) < BASELINE_DRIFT * height &&
    along > -0.5 * height &&
    along < SEGMENT_GAP * height
  );
}

/** Distance from the end of one run to the start of the next, along the line and across it. */
function offset(last: Run, run: Run): { along: number; across: number } {
  const [ux, uy] = last.direction;
  const dx = run.origin[0] - last.origin[0];
  const dy = run.origin[1] - last.origin[1];
  return { along: dx * ux + dy * uy - last.length, across: dy * ux - dx * uy };
}

/** Splits a run at its spaces; widths are shared out evenly among the characters. */
function addWords(segment: Segment, run: Run, last: Run | undefined): void {
  const step = run.length / Math.max(1, run.text.length);
  const touches =
    last !== undefined && offset(last, run).along < WORD_GAP * run.height && !/\s$/.test(last.text);
  for (const match of run.text.matchAll(/\S+/g)) {
    const text = cleanText(match[0]);
    if (text === '') continue;
    const box = partBox(run, match.index * step, (match.index + match[0].length) * step);
    const previous = segment.words.at(-1);
    if (previous && match.index === 0 && touches) extend(previous, text, box);
    else segment.words.push({ text, box, confidence: null, provenance: run.provenance });
  }
  const [ux, uy] = run.direction;
  const end = [run.origin[0] + ux * run.length, run.origin[1] + uy * run.length] as const;
  segment.baseline = last
    ? [segment.baseline[0], segment.baseline[1], ...end]
    : [...run.origin, ...end];
  segment.box = union(segment.box, run.box);
  segment.height = Math.max(segment.height, run.height);
}

function extend(word: Word, text: string, box: Box): void {
  word.text += text;
  word.box = union(word.box, box);
}
