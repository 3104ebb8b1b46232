import type { DocumentView } from '#server/documents/view.ts';
import { fanfoldErrorOf } from '../errors.ts';

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

export function formatBytes(bytes: number): string {
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), UNITS.length - 1);
  const value = bytes / 1024 ** power;
  return `${value.toFixed(power === 0 || value >= 100 ? 0 : 1)} ${UNITS[power]}`;
}

/** How long ago, e.g. `5 min`; `now` in milliseconds. */
export function formatAge(since: string, now: number): string {
  const minutes = Math.max(0, Math.floor((now - Date.parse(since)) / 60_000));
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`;
  return `${Math.floor(minutes / (24 * 60))} d`;
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

export function formatPages({ pageCount, pagesCompleted }: DocumentView): string {
  return pageCount === null ? '–' : `${pagesCompleted}/${pageCount}`;
}

/** The sentence for people, with its code where there is one. */
export function describeError(error: unknown): string {
  const known = fanfoldErrorOf(error);
  if (known) return withCode(known);
  return error instanceof Error ? error.message : String(error);
}

export function withCode({ code, sentence }: { code: string; sentence: string }): string {
  return `${sentence} (${code})`;
}

/** Columns that are as wide as their longest cell. Cells lose control characters. */
export function formatTable(rows: string[][]): string {
  const clean = rows.map((row) => row.map(printable));
  const widths = (clean[0] ?? []).map((_, column) =>
    Math.max(...clean.map((row) => row[column]?.length ?? 0)),
  );
  return clean
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

/** A file's name may hold what a terminal would obey. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '?');
}
