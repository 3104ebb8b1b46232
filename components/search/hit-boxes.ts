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

/** How far above and below the first hit is shown, in heights of its word. */
const LINES = 2.2;

/** The strip of the page around the first hit, as wide as the page: `[y0, y1]` in its pixels. */
export function stripAround(layout: Layout, [first]: Box[]): [number, number] {
  if (!first) return [0, layout.height / 8];
  const height = Math.max(first[3] - first[1], layout.height / 120);
  const from = Math.max(0, first[1] - LINES * height);
  return [from, Math.min(layout.height, first[3] + LINES * height)];
}
