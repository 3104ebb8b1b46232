import type { Layout, Word } from '#server/pages/layout.ts';

/** A word and what its text begins with: a place in the text that `layoutText` makes of a page. */
export interface PlacedWord extends Word {
  /** Its place among the words of the page. */
  index: number;
}

export interface TextLine {
  key: string;
  words: PlacedWord[];
}

/** Blocks of lines of words in reading order, numbered throughout. */
export function placeWords(layout: Layout): TextLine[][] {
  let index = 0;
  return layout.blocks.map((block, blockIndex) =>
    block.lines.map((line, lineIndex) => ({
      key: `${blockIndex}.${lineIndex}`,
      words: line.words.map((word) => ({ ...word, index: index++ })),
    })),
  );
}

/** The word at a point of the page, in pixels of its layout. */
export function wordAt(blocks: TextLine[][], x: number, y: number): PlacedWord | undefined {
  for (const line of blocks.flat()) {
    const hit = line.words.find(
      ({ box: [x0, y0, x1, y1] }) => x >= x0 && x < x1 && y >= y0 && y < y1,
    );
    if (hit) return hit;
  }
  return undefined;
}
