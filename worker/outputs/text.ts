import { layoutText } from '#server/pages/layout.ts';
import { failureText } from './failed-page.ts';
import type { OutputWriter } from './index.ts';

/** UTF-8 text in reading order, a form feed between pages; a page that failed says so. */
export const writeText: OutputWriter = async function* (_document, pages) {
  let first = true;
  for await (const page of pages) {
    if (!first) yield '\f';
    first = false;
    if ('layout' in page) yield `${layoutText(page.layout)}\n`;
    else yield `[${failureText(page)}]\n`;
  }
};
