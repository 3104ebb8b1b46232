import { textOptionsOf } from '#server/outputs/variants.ts';
import type { Block } from '#server/pages/layout.ts';
import { cleanText } from '../page/text.ts';
import { failureText } from './failed-page.ts';
import type { OutputWriter } from './index.ts';
import { blockLines, itemMark } from './lines.ts';
import { tableCells } from './table-cells.ts';

/** Characters that begin markup wherever they stand. */
const MARKUP = /[\\`*_[\]<>&|~$]/g;
/** What makes a list, a heading, a quotation or a rule of a line that begins with it. */
const LINE_START = /^([#+=-]|\d{1,9}(?=[.)]))/;

/**
 * Markdown with the tables of GitHub: headings, lists, tables, and a paragraph for each other block.
 * Comments tell the pages apart, and hold what repeats at their edges.
 */
export const writeMarkdown: OutputWriter = async function* (_document, pages) {
  for await (const page of pages) {
    const before = page.number === 1 ? '' : '\n';
    yield `${before}<!-- page ${page.number} -->\n`;
    if ('layout' in page) yield page.layout.blocks.map(blockMarkdown).join('');
    else yield `\n> ${escapeMarkdown(failureText(page))}\n`;
  }
};

function blockMarkdown(block: Block): string {
  const lines = markdownLines(block).filter(Boolean);
  return lines.length > 0 ? `\n${lines.join('\n')}\n` : '';
}

function markdownLines(block: Block): string[] {
  switch (block.kind) {
    case 'table':
      return table(tableCells(block));
    case 'heading': {
      const [text = ''] = blockLines(block, textOptionsOf('paragraphs-joined'));
      return [`${'#'.repeat(block.level)} ${escapeMarkdown(text)}`];
    }
    case 'list':
      return blockLines(block, textOptionsOf('paragraphs-joined')).map(item);
    case 'text':
      return blockLines(block, textOptionsOf('joined')).map(escapeMarkdown);
    default:
      return blockLines(block, textOptionsOf('')).map((line) => comment(block.kind, line));
  }
}

function item(line: string): string {
  const mark = itemMark(line);
  const [number] = /^\d+[.)]/.exec(mark) ?? [];
  const text = number || /^[^\p{L}\p{N}(]/u.test(mark) ? line.slice(mark.length) : line;
  return `${number ?? '-'} ${escapeMarkdown(text)}`;
}

function table([head = [], ...rows]: string[][]): string[] {
  const line = (cells: string[]) => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)];
}

/** Two hyphens would end it. */
function comment(kind: string, text: string): string {
  return `<!-- ${kind}: ${cleanText(text)
    .replace(/-(?=-)/g, '- ')
    .replaceAll('>', '&gt;')} -->`;
}

/** One line of text that Markdown shows as it is. */
export function escapeMarkdown(text: string): string {
  const line = cleanText(text).replace(/\s+/g, ' ').trim();
  return line.replace(MARKUP, '\\$&').replace(LINE_START, escapeStart);
}

/** `1.` becomes `1\.`; a sign gets its backslash in front. */
function escapeStart(start: string): string {
  return /\d/.test(start) ? `${start}\\` : `\\${start}`;
}
