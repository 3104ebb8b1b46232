import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Finding, World } from './bar.ts';

export interface Result {
  id: string;
  title: string;
  findings: Finding[];
  /** Why the bar was not tried. */
  skipped?: string;
  seconds: number;
}

type Options = Pick<World, 'long' | 'pages' | 'minutes' | 'seed'>;

const PAGE = fileURLToPath(new URL('../../docs/reliability.md', import.meta.url));
const BEGIN = '<!-- written by npm run test:faults -- --write -->';
const END = '<!-- end of what is written -->';

/** Replaces the rows of these bars in the table of docs/reliability.md, and leaves the others. */
export function writeTable(results: Result[], options: Options) {
  const page = readFileSync(PAGE, 'utf8');
  const [before, rest = ''] = page.split(BEGIN);
  const [table = '', after = ''] = rest.split(END);
  const kept = rowsOf(table).filter((row) => !results.some(({ id }) => idOf(row) === id));
  const stamp = [new Date().toISOString().slice(0, 10), ...loadOf(options)].join(', ');
  const rows = [...kept, ...results.flatMap((result) => rowsFor(result, stamp))];
  rows.sort((one, other) => orderOf(one) - orderOf(other));
  const head = [
    `Machine of the last run: ${machine()}.`,
    '',
    '| bar | what | figure | limit | | run |',
    '| --- | --- | --- | --- | --- | --- |',
  ];
  const text = [BEGIN, '', ...head, ...rows, '', END].join('\n');
  writeFileSync(PAGE, `${before}${text}${after}`);
  execFileSync('biome', ['format', '--write', PAGE], { stdio: 'ignore' });
}

function loadOf({ long, pages, minutes, seed }: Options): string[] {
  const own = [
    pages && `${pages} pages`,
    minutes && `${minutes} min`,
    seed && `seed ${seed}`,
  ].filter((part) => !!part);
  return [`${long ? 'full' : 'short'} load`, ...own.map(String)];
}

function rowsOf(table: string): string[] {
  return table.split('\n').filter((line) => /^\| [A-Z]/.test(line));
}

const idOf = (row: string) => row.split('|')[1]?.trim() ?? '';
const orderOf = (row: string) =>
  Number(/\d+/.exec(idOf(row))?.[0] ?? 0) + 100 * 'RLSX'.indexOf(idOf(row)[0] ?? '');

function rowsFor({ id, title, findings, skipped }: Result, stamp: string): string[] {
  if (skipped) return [row([id, `${title}: skipped, ${skipped}`, '', '', '–', stamp])];
  return findings.map(({ what, figure, limit, ok }) =>
    row([id, `${title}: ${what}`, figure, limit, ok ? '✓' : '✗', stamp]),
  );
}

const row = (cells: string[]) =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;

function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `${cpus().length} × ${cpu?.model ?? 'unknown processor'}, ${memory} GiB, ${type()} ${release()}, Node ${process.version}`;
}
