import { type Block, type Line, lineText } from '#server/pages/layout.ts';
import { union } from '#worker/page/boxes.ts';
import { fontSize } from './segments.ts';

/** Heights of a heading's letters, in those of the text, from which it has this level. */
const LEVELS = [
  [1.8, 1],
  [1.4, 2],
  [1.18, 3],
] as const;
/** A heading has no more lines and words. */
const MOST_LINES = 3;
const MOST_WORDS = 16;
/** Of one that is no larger than the text. */
const FEW_WORDS = 9;
const NUMBERED =
  /^(\d{1,2}(\.\d{1,2})*\.?|[IVX]{1,5}\.|(chapter|section|part|item|article)\s+\S+)\s+\S/i;

/** Text blocks with the headings among their lines as blocks of their own. */
export function splitHeadings(blocks: Block[], body: number): Block[] {
  const parted = blocks.flatMap((block) =>
    block.kind === 'text' ? partByHeight(block, body) : [block],
  );
  return parted.map((block, index) => asHeading(block, parted[index + 1], body));
}

/** The lines of a block, those together that are as large. */
function partByHeight(block: Block, body: number): Block[] {
  const parts: Line[][] = [];
  for (const line of block.lines) {
    const before = parts.at(-1)?.at(-1);
    if (before && isLarge(before, body) === isLarge(line, body)) parts.at(-1)?.push(line);
    else parts.push([line]);
  }
  if (parts.length === 1) return [block];
  return parts.map((lines) => ({
    kind: 'text',
    box: lines.map(({ box }) => box).reduce(union),
    lines,
  }));
}

function isLarge(line: Line, body: number): boolean {
  const letters = lineText(line.words).replace(/[^\p{L}]/gu, '');
  return fontSize(line) >= LEVELS[2][0] * body && letters.length >= 3;
}

function asHeading(block: Block, next: Block | undefined, body: number): Block {
  const { kind, box, lines } = block;
  const words = lines.reduce((sum, line) => sum + line.words.length, 0);
  if (kind !== 'text' || lines.length > MOST_LINES || words > MOST_WORDS) return block;
  const height = Math.min(...lines.map(fontSize));
  const large = lines.every((line) => isLarge(line, body));
  const level = large ? LEVELS.find(([least]) => height >= least * body)?.[1] : undefined;
  if (level) return { kind: 'heading', level, box, lines };
  return next && words <= FEW_WORDS && isNamedLike(lines, next)
    ? { kind: 'heading', level: 3, box, lines }
    : block;
}

/** Whether a short line above a text reads as its heading: numbered, or in capitals. */
function isNamedLike(lines: Line[], next: Block): boolean {
  const text = lines.map(({ words }) => lineText(words)).join(' ');
  const above = next.kind !== 'header' && next.kind !== 'footer' && next.lines.length > 0;
  const letters = text.replace(/[^\p{L}]/gu, '');
  const capitals = letters.length >= 5 && letters === letters.toUpperCase();
  const numbered =
    NUMBERED.test(text) && /^\p{Lu}/u.test(text.replace(NUMBERED, (found) => found.at(-1) ?? ''));
  const ended = /[.,;:]$/.test(text) && !numbered;
  return above && lines.length === 1 && !ended && (capitals || (numbered && next.lines.length > 1));
}
