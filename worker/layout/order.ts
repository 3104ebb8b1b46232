import type { Block } from '#server/pages/layout.ts';
import { union } from '#worker/page/boxes.ts';
import { toRows, usualHeight } from './segments.ts';

/** A gutter between columns is at least this wide, in heights of a line. */
const GUTTER = 0.8;
/** A column has so many lines at least, of so many words in the middle. */
const COLUMN_LINES = 3;
const COLUMN_WORDS = 3;
/** No page has as many cuts within each other. */
const MAX_DEPTH = 60;

/**
 * Blocks in reading order, by cutting the page along its gutters and gaps, again and again (G. Nagy and
 * S. Seth, "Hierarchical representation of optically scanned documents", 1984): columns one after the
 * other, what reaches over them before or after. Blocks that reach from one column's lines into what
 * stands above are taken apart.
 */
export function orderBlocks(blocks: Block[]): Block[] {
  return cutAgain(blocks, 0, (rest, depth) => {
    const wholes = new Map(rest.flatMap((block) => partLines(block).map((part) => [part, block])));
    const parts = cutAgain([...wholes.keys()], depth, (left) => toRows(left).flat());
    return joinParts(parts, wholes);
  });
}

/** `otherwise`: the order of blocks among which there is neither gutter nor gap. */
function cutAgain(
  blocks: Block[],
  depth: number,
  otherwise: (blocks: Block[], depth: number) => Block[],
): Block[] {
  if (blocks.length < 2) return blocks;
  const parts = depth < MAX_DEPTH ? (cutColumns(blocks) ?? cutRows(blocks)) : null;
  if (!parts) return otherwise(blocks, depth + 1);
  return parts.flatMap((part) => cutAgain(part, depth + 1, otherwise));
}

/** Each line as a block of its own. */
function partLines(block: Block): Block[] {
  if (block.kind !== 'text') return [block];
  return block.lines.map((line) => ({ kind: 'text', box: line.box, lines: [line] }));
}

/** Lines that still follow each other as they did in their block are one block again. */
function joinParts(parts: Block[], wholes: Map<Block, Block>): Block[] {
  const joined: { block: Block; whole: Block | undefined }[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    const whole = wholes.get(part);
    if (!last || last.whole !== whole) joined.push({ block: part, whole });
    else {
      const lines = [...last.block.lines, ...part.lines];
      last.block = { kind: 'text', box: union(last.block.box, part.box), lines };
    }
  }
  return joined.map(({ block }) => block);
}

function cutColumns(blocks: Block[]): Block[][] | null {
  const least = GUTTER * lineHeight(blocks);
  const found = gaps(blocks, 0).filter(({ size }) => size >= least);
  for (const { at } of found.sort((one, other) => other.size - one.size)) {
    const left = blocks.filter(({ box }) => box[2] <= at);
    const right = blocks.filter(({ box }) => box[2] > at);
    if (isColumn(left) && isColumn(right)) return [left, right];
  }
  return null;
}

function isColumn(blocks: Block[]): boolean {
  if (blocks.some(({ kind }) => kind === 'table')) return true;
  const counts = blocks.flatMap(({ lines }) => lines.map(({ words }) => words.length));
  counts.sort((one, other) => one - other);
  return counts.length >= COLUMN_LINES && (counts[counts.length >> 1] ?? 0) >= COLUMN_WORDS;
}

function cutRows(blocks: Block[]): Block[][] | null {
  const [widest] = gaps(blocks, 1).sort((one, other) => other.size - one.size);
  if (!widest) return null;
  const above = blocks.filter(({ box }) => box[3] <= widest.at);
  return [above, blocks.filter(({ box }) => box[3] > widest.at)];
}

/** Empty stretches along an axis: where each one begins, and its size. */
function gaps(blocks: Block[], axis: 0 | 1): { at: number; size: number }[] {
  const spans = blocks.map(({ box }) => [box[axis], box[axis + 2]] as [number, number]);
  spans.sort((one, other) => one[0] - other[0]);
  const found: { at: number; size: number }[] = [];
  let end = spans[0]?.[1] ?? 0;
  for (const [from, to] of spans) {
    if (from > end) found.push({ at: end, size: from - end });
    end = Math.max(end, to);
  }
  return found;
}

function lineHeight(blocks: Block[]): number {
  const heights = blocks.flatMap(({ lines }) => lines.map(usualHeight));
  return heights.sort((one, other) => one - other)[heights.length >> 1] ?? 0;
}
