import type { Block, Line, Word } from '#server/pages/layout.ts';

/** Sides in heights of the word behind it, and the shorter in the longer one. */
const MOST_SIDE = 0.55;
const LEAST_SIDE = 0.12;
const ROUND = 0.6;
/** Small letters and stars may be as round and, before a capital, as low. */
const ROUND_SIGN = /[\p{L}\p{N}*]/u;
const SURE = 60;
/** Where its middle is between the upper and the lower edge of the word behind it: points and stars stand elsewhere. */
const MIDDLE = { from: 0.3, to: 0.75 };

/** The blocks with dots before lines as bullets: most networks do not know the character, and take it for another. */
export function dotsToBullets(blocks: Block[]): Block[] {
  return blocks.map((block) => ({ ...block, lines: block.lines.map(withBullet) }));
}

function withBullet(line: Line): Line {
  const [first, next, ...rest] = line.words;
  if (!first || !next || !isBullet(first, next)) return line;
  return { ...line, words: [{ ...first, text: '•' }, next, ...rest] };
}

function isBullet({ text, confidence, box: [x0, y0, x1, y1] }: Word, { box: next }: Word): boolean {
  const isSure = ROUND_SIGN.test(text) && (confidence ?? 100) >= SURE;
  if (text.length > 1 || isSure) return false;
  const height = next[3] - next[1];
  const [shorter, longer] = [Math.min(x1 - x0, y1 - y0), Math.max(x1 - x0, y1 - y0)];
  const middle = ((y0 + y1) / 2 - next[1]) / height;
  return (
    longer <= MOST_SIDE * height &&
    shorter >= LEAST_SIDE * height &&
    shorter >= ROUND * longer &&
    middle >= MIDDLE.from &&
    middle <= MIDDLE.to
  );
}
