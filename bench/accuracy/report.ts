import type { PageResult } from './measure.ts';

/** By set, then by page. */
export type Results = Record<string, Record<string, PageResult>>;

const COLUMNS = ['cer', 'f1', 'words', 'order', 'kinds', 'cells', 'cpu'] as const;
const NAME_WIDTH = 26;
const COLUMN_WIDTH = 15;
/** Differences below this are not shown. */
const SAME = 0.05;

/** A table: a line for each page, its set's mean below, in brackets what changed since `before`. */
export function formatResults(results: Results, before: Results): string {
  const lines = [
    row(
      '',
      COLUMNS.map((name) => name.padStart(6)),
    ),
  ];
  for (const [set, pages] of Object.entries(results)) {
    for (const [name, page] of Object.entries(pages)) {
      lines.push(row(`  ${name}`, cellsOf(page, before[set]?.[name])));
    }
    const known = Object.fromEntries(
      Object.keys(pages).flatMap((name) => {
        const page = before[set]?.[name];
        return page ? [[name, page]] : [];
      }),
    );
    lines.push(row(set, cellsOf(meanOf(pages), meanOf(known))), '');
  }
  return lines.join('\n');
}

/** The results with a decimal less than a machine's noise, to be kept in a file. */
export function roundResults(results: Results): Results {
  const round = (page: PageResult) =>
    Object.fromEntries(Object.entries(page).map(([key, value]) => [key, Number(value.toFixed(2))]));
  return Object.fromEntries(
    Object.entries(results).map(([set, pages]) => [
      set,
      Object.fromEntries(Object.entries(pages).map(([name, page]) => [name, round(page)])),
    ]),
  ) as unknown as Results;
}

function meanOf(pages: Record<string, PageResult>): Partial<PageResult> {
  const means: Partial<PageResult> = {};
  for (const column of COLUMNS) {
    const values = Object.values(pages).flatMap((page) => page[column] ?? []);
    if (values.length === 0) continue;
    means[column] = values.reduce((sum, value) => sum + value, 0) / values.length;
  }
  return means;
}

function cellsOf(page: Partial<PageResult>, before: Partial<PageResult> | undefined): string[] {
  return COLUMNS.map((column) => {
    const [now, then] = [page[column], before?.[column]];
    if (now === undefined) return '';
    const change = then === undefined || Math.abs(now - then) < SAME ? '' : signed(now - then);
    return `${now.toFixed(column === 'cpu' ? 1 : 2).padStart(6)}${change}`;
  });
}

function signed(value: number): string {
  return ` (${value > 0 ? '+' : ''}${value.toFixed(1)})`;
}

function row(name: string, cells: string[]): string {
  return (
    name.padEnd(NAME_WIDTH) + cells.map((cell) => cell.padEnd(COLUMN_WIDTH)).join('')
  ).trimEnd();
}
