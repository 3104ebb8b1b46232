import { type Block, lineText } from '#server/pages/layout.ts';
import { cleanText } from '../page/text.ts';
import { failureText } from './failed-page.ts';
import type { OutputWriter } from './index.ts';

/** Characters that begin markup wherever they stand. */
const MARKUP = /[\\`*_[\]<>&|~$]/g;
/** What makes a list, a heading, a quotation or a rule of a line that begins with it. */
const LINE_START = /^([#+=-]|\d{1,9}(?=[.)]))/;

/** Markdown: a paragraph for each block, its lines as they were; comments tell the pages apart. */
export const writeMarkdown: OutputWriter = async function* (_document, pages) {
  for await (const page of pages) {
    const before = page.number === 1 ? '' : '\n';
    yield `${before}<!-- page ${page.number} -->\n`;
    if ('layout' in page) yield page.layout.blocks.map(paragraph).join('');
    else yield `\n> ${escapeMarkdown(failureText(page))}\n`;
  }
};

function paragraph({ lines }: Block): string {
  const text = lines.map((line) => escapeMarkdown(lineText(line.words)));
  return `\n${text.filter(Boolean).join('\n')}\n`;
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
