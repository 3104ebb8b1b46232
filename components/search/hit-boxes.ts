import type { Box, Layout } from '#server/pages/layout.ts';

/** Letters that tell a word, without what stands around it. */
function bare(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

/** Where the words of these hits stand on the page, in pixels of its layout. */
export function hitBoxes(layout: Layout, hits: string[]): Box[] {
  const wanted = new Set(hits.flatMap((hit) => hit.split(/\s+/)).map(bare));
  wanted.delete('');
  const words = layout.blocks.flatMap(({ lines }) => lines.flatMap((line) => line.words));
  return words.filter(({ text }) => isWanted(text, wanted)).map(({ box }) => box);
}

/** Also where the hit is one part of a word such as `terms/conditions`. */
function isWanted(text: string, wanted: Set<string>): boolean {
  return (
    wanted.has(bare(text)) || text.split(/[^\p{L}\p{N}]+/u).some((part) => wanted.has(bare(part)))
  );
}

/** Width of the cut in heights of the word that was found, and in its own heights. */
const WORD_HEIGHTS = 30;
const CUT_HEIGHTS = 4.5;
/** Of the page's width. */
const LEAST_SHARE = 0.4;

/** The part of the page around the first hit that is worth showing, in pixels of its layout. */
export function cutAround({ width, height }: Layout, [first]: Box[]): Box {
  const [x0, y0, x1, y1] = first ?? [0, 0, width, height / 10];
  const cutWidth = clamp(WORD_HEIGHTS * (y1 - y0), Math.max(LEAST_SHARE * width, x1 - x0), width);
  const cutHeight = Math.min(height, cutWidth / CUT_HEIGHTS);
  const left = clamp((x0 + x1 - cutWidth) / 2, 0, width - cutWidth);
  const top = clamp((y0 + y1 - cutHeight) / 2, 0, height - cutHeight);
  return [left, top, left + cutWidth, top + cutHeight];
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
