import type { Block, Box, Line } from '#server/pages/layout.ts';
import { union } from '#worker/page/boxes.ts';
import { findAligned } from './aligned.ts';
import { findGrids, type RuleLine } from './grid.ts';
import { orderBlocks } from './order.ts';
import { type Segment, splitLine } from './segments.ts';
import { alignedTable, contains, ruledTable } from './table.ts';

/** What is known of a page beside its words. */
export interface PageFrame {
  dpi: number;
  rules: RuleLine[];
}

/** Lines of a page, in blocks as they were found, as tables and text in reading order. */
export function arrangeBlocks(blocks: Block[], { rules, dpi }: PageFrame): Block[] {
  const down = rules.filter(({ along }) => along === 'column');
  const isParted = (one: Box, other: Box) => down.some(({ box }) => stands(box, one, other));
  const parts = blocks.flatMap((block) => block.lines.map((line) => ({ line, block })));
  const split = parts.map(({ line, block }) => ({
    line,
    block,
    segments: splitLine(line, isParted),
  }));
  const taken = new Set<Segment>();
  const tables: Block[] = [];
  const all = split.flatMap(({ segments }) => segments);
  for (const grid of findGrids(rules, dpi)) {
    const own = all.filter((segment) => !taken.has(segment) && contains(grid.box, segment.box));
    const table = ruledTable(grid, own);
    if (!table) continue;
    tables.push(table);
    for (const segment of own) taken.add(segment);
  }
  for (const table of findAligned(all.filter((segment) => !taken.has(segment)))) {
    tables.push(alignedTable(table));
    for (const segment of table.rows.flat()) taken.add(segment);
  }
  const rest = blocks.flatMap((block) => {
    const lines = split
      .filter((part) => part.block === block)
      .flatMap(({ line, segments }) => remaining(line, segments, taken));
    return lines.length === 0 ? [] : [toBlock(block, lines)];
  });
  return tables.length === 0 ? orderBlocks(rest) : orderBlocks([...rest, ...tables]);
}

function stands(rule: Box, one: Box, other: Box): boolean {
  const x = (rule[0] + rule[2]) / 2;
  const y = (Math.max(one[1], other[1]) + Math.min(one[3], other[3])) / 2;
  return x >= one[2] - 2 && x <= other[0] + 2 && rule[1] <= y && rule[3] >= y;
}

function remaining(line: Line, segments: Segment[], taken: Set<Segment>): Line[] {
  const left = segments.filter((segment) => !taken.has(segment));
  if (left.length === segments.length) return [line];
  return left.map(({ words, box, baseline }) => ({ words, box, baseline }));
}

function toBlock(block: Block, lines: Line[]): Block {
  const box = lines.map((line) => line.box).reduce(union);
  return { ...block, lines, box };
}
