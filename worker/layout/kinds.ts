import { type Block, type Line, lineText } from '#server/pages/layout.ts';
import { splitHeadings } from './headings.ts';
import { fontSize, usualHeight } from './segments.ts';

/** Pixels. */
export interface PageSize {
  width: number;
  height: number;
}

/** Share of the page's height within which running heads, feet and page numbers stand. */
const EDGE = 0.075;
const NUMBER_EDGE = 0.12;
/** Heights of a line between them and the text. */
const LEAST_GAP = 1;
const PAGE_NUMBER =
  /^[-\u2013\u2014([]?\s*(page\s+)?(\d{1,4}|[ivxlc]{1,7}|[a-z]{1,2}-?\d{1,3})(\s+of\s+\d{1,4})?\s*[-\u2013\u2014)\]]?$/i;
const BULLET = /^[\u2022\u00b7\u25aa\u25e6\u2023\u25cf*+\u00a2\u00ab\u00bb-]$/;
const NUMBERED = /^(\(?(\d{1,2}|[a-z])[.)])$/i;

/** The blocks by what they are: headings, lists, and what stands at the edges of the page. */
export function nameBlocks(blocks: Block[], size: PageSize): Block[] {
  const body = bodySize(blocks);
  return markHyphens(
    splitHeadings(
      blocks.map((block) => atEdge(block, blocks, size) ?? asList(block)),
      body,
    ),
  );
}

/** The size of the letters that most of the text has, pixels. */
function bodySize(blocks: Block[]): number {
  const sizes = blocks.flatMap(({ lines }) =>
    lines.flatMap((line) => line.words.map(() => fontSize(line))),
  );
  return sizes.sort((one, other) => one - other)[sizes.length >> 1] ?? 0;
}

function atEdge(block: Block, blocks: Block[], { height }: PageSize): Block | null {
  const [line] = block.lines;
  if (block.kind !== 'text' || block.lines.length > 1 || !line) return null;
  const [, top, , bottom] = block.box;
  const others = blocks.filter((other) => other !== block);
  const gap = LEAST_GAP * usualHeight(line);
  const isFirst = others.every(({ box }) => box[1] >= bottom + gap || isBesideLine(box, block.box));
  const isLast = others.every(({ box }) => box[3] <= top - gap || isBesideLine(box, block.box));
  const { lines, box } = block;
  const near = (share: number) =>
    (isFirst && top < share * height) || (isLast && bottom > (1 - share) * height);
  if (others.length === 0) return null;
  if (PAGE_NUMBER.test(lineText(line.words)) && near(NUMBER_EDGE))
    return { kind: 'page-number', box, lines };
  if (!near(EDGE) || fontSize(line) > MOST_HEIGHT * bodySize(blocks)) return null;
  return { kind: isFirst && top < EDGE * height ? 'header' : 'footer', box, lines };
}

/** What is larger than the text is a title. */
const MOST_HEIGHT = 1.25;

function isBesideLine(one: Block['box'], other: Block['box']): boolean {
  return (
    Math.min(one[3], other[3]) - Math.max(one[1], other[1]) >
    0.5 * Math.min(one[3] - one[1], other[3] - other[1])
  );
}

function asList(block: Block): Block {
  if (block.kind !== 'text') return block;
  const marks = block.lines.map(({ words }) => (words.length > 1 ? (words[0]?.text ?? '') : ''));
  const bullets = marks.filter((mark) => BULLET.test(mark)).length;
  const numbers = marks.filter((mark) => NUMBERED.test(mark)).length;
  const begins = BULLET.test(marks[0] ?? '') || NUMBERED.test(marks[0] ?? '');
  const { lines, box } = block;
  return begins && (bullets > 0 || numbers > 1) ? { kind: 'list', box, lines } : block;
}

const ENDS_CUT = /\p{L}{2}[-\u2010\u00ac]$/u;

/** A line whose last word goes on in the next line of the same text. */
function markHyphens(blocks: Block[]): Block[] {
  const running = blocks.filter(({ kind }) => kind === 'text' || kind === 'list');
  const following = new Map<Line, Line>();
  running
    .flatMap(({ lines }) => lines)
    .reduce((before: Line | null, line) => {
      if (before) following.set(before, line);
      return line;
    }, null);
  const isCut = (line: Line) =>
    ENDS_CUT.test(line.words.at(-1)?.text ?? '') &&
    /^\p{Ll}/u.test(following.get(line)?.words[0]?.text ?? '');
  return blocks.map((block) => ({
    ...block,
    lines: block.lines.map((line) => (isCut(line) ? { ...line, hyphenated: true } : line)),
  }));
}
