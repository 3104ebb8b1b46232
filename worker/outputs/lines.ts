import type { TextOptions } from '#server/outputs/variants.ts';
import { type Block, isSpaced, type Line, lineText } from '#server/pages/layout.ts';
import { cleanText } from '../page/text.ts';

/** Where a word may be divided at the end of a line. */
const HYPHEN = /[-\u00ad\u2010\u2011\u00ac]$/u;
/** What begins an item of a list: a sign, or a number or letter with its point or bracket. */
const ITEM = /^(?:[•‣◦▪▫●○■□–—*·»-]|\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)])\s+/u;

/** The text of a block line by line; with `paragraphs`, as one line, a list as one for each item. */
export function blockLines(block: Block, { flow, hyphens }: TextOptions): string[] {
  const texts = block.lines.map((line) => cleanText(lineText(line.words)));
  const lines = hyphens === 'joined' ? joinDivided(block.lines, texts) : texts;
  if (flow === 'lines') return lines;
  const divided = (at: number) => hyphens === 'kept' && isDivided(block.lines[at], texts[at]);
  return paragraphs(lines, divided, block.kind === 'list');
}

/** What stands before the text of a list's item; empty where the line begins none. */
export function itemMark(line: string): string {
  return ITEM.exec(line)?.[0] ?? '';
}

/** A word that goes on in the next line is put together at the end of the line it begins in. */
function joinDivided(lines: Line[], texts: string[]): string[] {
  const joined = [...texts];
  lines.forEach((line, at) => {
    const next = joined[at + 1];
    if (next === undefined || !isDivided(line, texts[at])) return;
    const [rest = '', ...after] = next.split(' ');
    joined[at] = (joined[at] as string).replace(HYPHEN, '') + rest;
    joined[at + 1] = after.join(' ');
  });
  return joined.filter((text) => text !== '');
}

function isDivided(line: Line | undefined, text: string | undefined): boolean {
  return line?.hyphenated === true && HYPHEN.test(text ?? '');
}

function paragraphs(lines: string[], divided: (at: number) => boolean, isList: boolean): string[] {
  const all: string[] = [];
  lines.forEach((line, at) => {
    const open = all.at(-1);
    if (open === undefined || (isList && itemMark(line))) all.push(line);
    else all[all.length - 1] = open + (divided(at - 1) || !isSpaced(open, line) ? '' : ' ') + line;
  });
  return all;
}
