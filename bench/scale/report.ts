import { cpus, totalmem } from 'node:os';
import type { Ceiling } from './ceiling.ts';
import { PAGE_SECONDS, PAGES, type SpeedUp } from './speed-up.ts';
import type { Quantiles } from './times.ts';

export function speedUpTable(measured: SpeedUp[]): string {
  const rows = measured.map(({ workers, slots, seconds, beside, idle, cpu }) => {
    const least = Math.ceil(PAGES / (workers * slots)) * PAGE_SECONDS;
    return [
      workers * slots,
      workers,
      least,
      seconds.toFixed(1),
      `${((seconds / least - 1) * 100).toFixed(0)} %`,
      beside.toFixed(0),
      idle.toFixed(0),
      [cpu.postgres, cpu.workers, cpu.store].map((value) => value.toFixed(0)).join(' / '),
    ];
  });
  const head = [
    'page processes',
    'workers',
    'at least, s',
    'measured, s',
    'above',
    'beside the sleep, ms a page',
    'without a page, ms a page',
    'CPU ms a page: Postgres / workers / store',
  ];
  return table(head, rows);
}

export function ceilingTable(levels: Ceiling[]): string {
  const head = [
    'pages at once',
    'workers',
    'documents',
    'pages/s',
    'pick-up p50 / p95, ms',
    'commit p50 / p95, ms',
    'CPU ms a page: Postgres / workers / store',
    'cores used',
    'transactions / WAL kB a page',
  ];
  const rows = levels.map((level) => [
    level.workers * level.slots,
    level.workers,
    level.documents,
    level.rate.toFixed(1),
    level.pickUp ? both(level.pickUp) : '–',
    both(level.commit),
    cpuAPage(level),
    coresUsed(level).toFixed(2),
    writtenAPage(level),
  ]);
  const waits = levels.map((level) => [name(level), waitsOf(level)]);
  const last = levels.findLast(({ documents }) => documents > 1);
  return [
    table(head, rows),
    'Database connections that were not idle, on average:',
    table(['pages at once', 'what they did'], waits),
    ...(last ? [`Statements at ${name(last)}:`, statementTable(last)] : []),
  ].join('\n\n');
}

/** When and where it was measured, and whether the machine had other work; `load` is before. */
export function stamp({ load, quick }: { load: number; quick: boolean }): string {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 1024 ** 3)} GB`;
  const day = new Date().toISOString().slice(0, 10);
  const busy = load > cpus().length / 2;
  const note = busy
    ? ` The machine was busy with other work (load ${load.toFixed(1)} before the run): rates are lower and times longer than it gives alone.`
    : '';
  const how = quick ? ', short version' : '';
  return `Made by \`npm run bench:scale\`${how} on ${day}; ${machine}; Node ${process.version}.${note}`;
}

function cpuAPage({ evidence: { cpu }, pages }: Ceiling): string {
  return [cpu.postgres, cpu.workers, cpu.store]
    .map((seconds) => ((seconds * 1000) / pages).toFixed(1))
    .join(' / ');
}

function writtenAPage({ evidence: { transactions, wal }, pages }: Ceiling): string {
  return [transactions / pages, wal / 1024 / pages].map((value) => value.toFixed(0)).join(' / ');
}

function coresUsed({ evidence: { cpu, wall } }: Ceiling): number {
  return (cpu.postgres + cpu.workers + cpu.store) / wall;
}

function waitsOf({ evidence }: Ceiling): string {
  const seen = evidence.waits.filter(({ connections }) => connections >= 0.05).slice(0, 6);
  return seen.map(({ what, connections }) => `${what} ${connections.toFixed(1)}`).join(', ');
}

function statementTable({ evidence, pages }: Ceiling): string {
  const rows = evidence.statements.map(({ text, calls, ms }) => [
    `\`${shorten(text)}\``,
    (calls / pages).toFixed(1),
    (ms / pages).toFixed(1),
  ]);
  return table(['statement', 'calls a page', 'ms a page, waits included'], rows);
}

/** Enough of a statement to know it by; which columns it answers with says little. */
export function shorten(statement: string): string {
  const short = statement.replace(/^select .*? from /i, 'select … from ').replaceAll('"', '');
  return (short.length > 90 ? `${short.slice(0, 89)}…` : short).replaceAll('|', '\\|');
}

const name = ({ workers, slots, documents }: Ceiling) =>
  `${workers * slots}${documents === 1 ? ', one document' : ''}`;
const both = ({ p50, p95 }: Quantiles) => `${p50.toFixed(0)} / ${p95.toFixed(0)}`;

function table(head: string[], rows: (string | number)[][]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
