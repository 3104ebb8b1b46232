import { relative } from 'node:path';
import type { Writable } from 'node:stream';
import { writeLine } from './context.ts';
import type { FileResult } from './result.ts';
import { count, printable, withCode } from './text.ts';

/** Failed pages that are told of one by one. */
const PAGES_TOLD = 10;

/** What became of a file, in a few words; paths as seen from `folder`. */
export function describeOutcome(result: FileResult, folder: string): string {
  const { status, pages, outputs, known, startAt } = result;
  if (startAt) return `starts ${new Date(startAt).toLocaleString('en-GB')}`;
  const before = known ? ' (read before; --again reads it anew)' : '';
  const paths = outputs.map((path) => relative(folder, path));
  const where = paths.length > 0 ? ` → ${paths.join(', ')}` : '';
  if (status === 'completed') return `done, ${count(pages.total ?? 0, 'page')}${before}${where}`;
  if (status === 'partial') return `${pages.completed} of ${pages.total} pages${where}`;
  return status;
}

/** A line for each file and page that failed. */
export function reportProblems(results: FileResult[], stderr: Writable): void {
  for (const { file, status, error, pages } of results) {
    const name = printable(file);
    if (error) writeLine(stderr, `${name}: ${withCode(error)}`);
    else if (status === 'canceled') writeLine(stderr, `${name}: The document was canceled.`);
    for (const { page, ...reason } of pages.failed.slice(0, PAGES_TOLD)) {
      writeLine(stderr, `${name}: page ${page}: ${withCode(reason)}`);
    }
    const more = pages.failed.length - PAGES_TOLD;
    if (more > 0) writeLine(stderr, `${name}: ${count(more, 'more page')} failed.`);
  }
}
