import type { Block, Box, Line } from '#server/pages/layout.ts';
import { union } from '#worker/page/boxes.ts';
import { findAligned } from './aligned.ts';
import { findGrids, type RuleLine } from './grid.ts';
import { orderBlocks } from './order.ts';
import { middle, type Segment, splitLine, toRows } from './segments.ts';
import { alignedTable, alignedText, contains, isTextBesideNumbers, ruledTable } from './table.ts';

/** What is known of a page beside its words. */
export interface PageFrame {
  dpi: number;
  rules: RuleLine[];
}

/** A line as it was found, and its parts. */
interface Part {
  line: Line;
  block: Block;
  segments: Segment[];
}

/** Lines of a page, in blocks as they were found, as tables and text in reading order. */
export function arrangeBlocks(blocks: Block[], frame: PageFrame): Block[] {
  const parts = splitLines(blocks, frame.rules);
  const taken = new Set<Segment>();
  const segments = parts.flatMap((part) => part.segments);
  const tables = [...takeRuled(segments, taken, frame), ...takeAligned(segments, taken)];
  const rest = blocks.flatMap((block) => {
    const lines = parts
      .filter((part) => part.block === block)
      .flatMap((part) => remaining(part, taken));
    return lines.length === 0 ? [] : [toBlock(block, lines)];
  });
  return orderBlocks([...rest, ...tables]);
}

function splitLines(blocks: Block[], rules: RuleLine[]): Part[] {
  const down = rules.filter(({ along }) => along === 'column');
  const isParted = (one: Box, other: Box) => down.some(({ box }) => stands(box, one, other));
  return blocks.flatMap((block) =>
    block.lines.map((line) => ({ line, block, segments: splitLine(line, isParted) })),
  );
}

function takeRuled(all: Segment[], taken: Set<Segment>, { rules, dpi }: PageFrame): Block[] {
  return findGrids(rules, dpi).flatMap((grid) => {
    const own = all.filter((segment) => !taken.has(segment) && contains(grid.box, segment.box));
    const table = isPartOfRows(own, all) ? null : ruledTable(grid, own);
    if (!table) return [];
    for (const segment of own) taken.add(segment);
    return [table];
  });
}

function takeAligned(all: Segment[], taken: Set<Segment>): Block[] {
  return findAligned(all.filter((segment) => !taken.has(segment))).map((table) => {
    for (const segment of table.rows.flat()) taken.add(segment);
    return isTextBesideNumbers(table) ? alignedText(table) : alignedTable(table);
  });
}

/** Boxes for the amounts at the end of rows are no table of their own. */
function isPartOfRows(own: Segment[], all: Segment[]): boolean {
  const inside = new Set(own);
  const outside = all.filter((segment) => !inside.has(segment));
  const rows = toRows(own);
  const shared = rows.filter(([first]) => outside.some((other) => first && isBeside(first, other)));
  return shared.length > MOST_SHARED * rows.length && rows.length >= LEAST_ROWS;
}

const MOST_SHARED = 0.7;
const LEAST_ROWS = 3;
/** Heights by which the middles of two parts of one row differ at most. */
const SAME_ROW = 0.25;

function isBeside(one: Segment, other: Segment): boolean {
  return Math.abs(middle(one.box) - middle(other.box)) <= SAME_ROW * one.height;
}

function stands(rule: Box, one: Box, other: Box): boolean {
  const x = (rule[0] + rule[2]) / 2;
  const y = (Math.max(one[1], other[1]) + Math.min(one[3], other[3])) / 2;
  return x >= one[2] - 2 && x <= other[0] + 2 && rule[1] <= y && rule[3] >= y;
}

function remaining({ line, segments }: Part, taken: Set<Segment>): Line[] {
  const left = segments.filter((segment) => !taken.has(segment));
  if (left.length === segments.length) return [line];
  return left.map(({ words, box, baseline }) => ({ words, box, baseline }));
}

function toBlock(block: Block, lines: Line[]): Block {
  const box = lines.map((line) => line.box).reduce(union);
  return { ...block, lines, box };
}
