import { FanfoldError } from '../errors.ts';
import { lineText } from '../pages/line-text.ts';
import { type Segment, segmentsText, type TracedLayout } from './apply.ts';
import { shareBox } from './locate.ts';
import { wordsOf } from './spread.ts';

export interface Plan {
  firstWord: number;
  wordCount: number;
  box: ReturnType<typeof shareBox>;
  oldText: string;
  newText: string;
  /** Corrections of the same words, which the new one replaces. */
  replaces: string[];
}

/**
 * The smallest correction that makes the words of this place read `text`: what stays the same at
 * either end is left out. The text that is there confirms all of them. Throws CONFLICT where they
 * do not read `shown`, and INVALID_INPUT where they are not words of one line.
 */
export function planCorrection(
  traced: TracedLayout,
  input: { first: number; count: number; shown: string; text: string },
): Plan {
  const segments = segmentsAt(traced, input);
  if (segmentsText(segments) !== input.shown) throw changedMeanwhile();
  const texts = wordsOf(input.text);
  const changed = input.text === input.shown ? { segments, texts } : trim(segments, texts);
  const first = changed.segments[0] as Segment;
  const last = changed.segments.at(-1) as Segment;
  const wordCount = last.first + last.count - first.first;
  const words = traced.layout.blocks
    .flatMap(({ lines }) => lines.flatMap((line) => line.words))
    .slice(first.first, first.first + wordCount);
  return {
    firstWord: first.first,
    wordCount,
    box: shareBox(words, traced.layout),
    oldText: lineText(words),
    newText: changed.texts.join(' '),
    replaces: changed.segments.flatMap(({ correction }) => correction ?? []),
  };
}

export function changedMeanwhile(): FanfoldError {
  return new FanfoldError('CONFLICT', {
    sentence: 'These words were changed meanwhile. Look at them again.',
  });
}

function segmentsAt(traced: TracedLayout, place: { first: number; count: number }): Segment[] {
  const end = place.first + place.count;
  const line = traced.blocks
    .flat()
    .find(({ segments }) => segments.some(({ first }) => first === place.first));
  const segments = (line?.segments ?? []).filter(
    ({ first, count }) => first >= place.first && first + count <= end,
  );
  const covered = segments.reduce((sum, { count }) => sum + count, 0);
  if (covered === place.count) return segments;
  const isLine = line && end <= lastWord(line.segments);
  if (isLine) throw changedMeanwhile();
  throw new FanfoldError('INVALID_INPUT', { sentence: 'These are not words of one line.' });
}

function lastWord(segments: Segment[]): number {
  const last = segments.at(-1);
  return last ? last.first + last.count : 0;
}

/** Takes off what both have in common at their ends; at least one segment is left. */
function trim(segments: Segment[], texts: string[]): { segments: Segment[]; texts: string[] } {
  const left = [...segments];
  const rest = [...texts];
  while (left.length > 1 && left[0] && startsWith(rest, own(left[0]))) {
    rest.splice(0, own(left[0]).length);
    left.shift();
  }
  while (left.length > 1 && endsWith(rest, own(left.at(-1)))) {
    rest.splice(rest.length - own(left.at(-1)).length);
    left.pop();
  }
  return { segments: left, texts: rest };
}

function own(segment: Segment | undefined): string[] {
  return segment?.words.map(({ text }) => text) ?? [];
}

function startsWith(texts: string[], beginning: string[]): boolean {
  return beginning.every((text, index) => texts[index] === text);
}

function endsWith(texts: string[], end: string[]): boolean {
  const from = texts.length - end.length;
  return from >= 0 && end.every((text, index) => texts[from + index] === text);
}
