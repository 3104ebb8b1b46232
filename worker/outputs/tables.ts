import type { Layout } from '#server/pages/layout.ts';
import { failureText } from './failed-page.ts';
import type { OutputWriter } from './index.ts';
import type { OutputPage } from './pages.ts';
import { type TableBlock, tableCells } from './table-cells.ts';

/** How the cells of a row are written, as RFC 4180 has it for CSV. */
interface Dialect {
  separator: string;
  end: string;
  /** What has to stand in quotation marks. */
  quoted: RegExp;
}

const CSV: Dialect = { separator: ',', end: '\r\n', quoted: /[",\r\n]|^\s|\s$|^'/ };
const TSV: Dialect = { separator: '\t', end: '\n', quoted: /["\t\r\n]|^'/ };

/** What a spreadsheet would run, after any apostrophes: OWASP's list, with its full-width forms. */
const FORMULA = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/u;

/**
 * The tables of the document below each other, each row with the number of its page and of the table
 * on that page. What a spreadsheet would take for a formula gets an apostrophe in front; who reads the
 * file in another way takes one apostrophe from a cell that begins with some and such a sign.
 */
export const writeTablesCsv = writer(CSV);
/** The same with tabs between the cells. */
export const writeTablesTsv = writer(TSV);

function writer(dialect: Dialect): OutputWriter {
  return async function* (_document, pages) {
    const columns = await widestTable(pages);
    const names = Array.from({ length: columns }, (_, index) => `column ${index + 1}`);
    const width = columns + 2;
    yield rowOf(['page', 'table', ...names], width, dialect);
    for await (const page of pages) yield pageRows(page, width, dialect);
  };
}

/** Every row has as many cells as the widest table, and one for a page that failed. */
async function widestTable(pages: AsyncIterable<OutputPage>): Promise<number> {
  let columns = 1;
  for await (const page of pages) {
    if (!('layout' in page)) continue;
    for (const { table } of tablesOf(page.layout)) columns = Math.max(columns, table.columns);
  }
  return columns;
}

function pageRows(page: OutputPage, width: number, dialect: Dialect): string {
  const number = String(page.number);
  if (!('layout' in page)) return rowOf([number, '', `[${failureText(page)}]`], width, dialect);
  const rows = tablesOf(page.layout).flatMap((block, index) =>
    tableCells(block).map((cells) => [number, String(index + 1), ...cells]),
  );
  return rows.map((cells) => rowOf(cells, width, dialect)).join('');
}

function tablesOf({ blocks }: Layout): TableBlock[] {
  return blocks.filter((block) => block.kind === 'table');
}

function rowOf(cells: string[], width: number, dialect: Dialect): string {
  const all = [...cells, ...new Array<string>(width - cells.length).fill('')];
  return all.map((cell) => cellOf(cell, dialect)).join(dialect.separator) + dialect.end;
}

function cellOf(text: string, { quoted }: Dialect): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return quoted.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
