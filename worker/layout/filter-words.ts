import type { Block, Cell, Word } from '#server/pages/layout.ts';

/** The blocks with these of their words, without the lines and blocks that have none of them. */
export function filterWords(blocks: Block[], keep: (word: Word) => boolean): Block[] {
  return blocks.map((block) => filterBlock(block, keep)).filter((block) => block.lines.length > 0);
}

function filterBlock(block: Block, keep: (word: Word) => boolean): Block {
  const places = new Map<number, number>();
  const lines = block.lines.flatMap((line, at) => {
    const words = line.words.filter(keep);
    if (words.length === 0) return [];
    places.set(at, places.size);
    return [{ ...line, words }];
  });
  if (block.kind !== 'table') return { ...block, lines };
  const cells = block.table.cells.map((cell) => moveLines(cell, places));
  return { ...block, lines, table: { ...block.table, cells } };
}

function moveLines(cell: Cell, places: Map<number, number>): Cell {
  return { ...cell, lines: cell.lines.flatMap((at) => places.get(at) ?? []) };
}
