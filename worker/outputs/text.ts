import type { TextOptions } from '#server/outputs/variants.ts';
import type { Block, Layout } from '#server/pages/layout.ts';
import { failureText } from './failed-page.ts';
import type { OutputWriter } from './index.ts';
import { blockLines } from './lines.ts';
import { tableCells } from './table-cells.ts';

/**
 * UTF-8 text in reading order: an empty line between blocks, a row of a table on one line with tabs
 * between its cells, a form feed between pages; a page that failed says so.
 */
export const writeText: OutputWriter = async function* (_document, pages, { text }) {
  let first = true;
  for await (const page of pages) {
    if (!first) yield '\f';
    first = false;
    if ('layout' in page) yield `${pageText(page.layout, text)}\n`;
    else yield `[${failureText(page)}]\n`;
  }
};

function pageText({ blocks }: Layout, options: TextOptions): string {
  return blocks.map((block) => blockText(block, options).join('\n')).join('\n\n');
}

function blockText(block: Block, options: TextOptions): string[] {
  if (block.kind !== 'table') return blockLines(block, options);
  return tableCells(block).map((row) => row.join('\t').trimEnd());
}
