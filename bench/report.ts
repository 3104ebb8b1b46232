import { cpus, totalmem } from 'node:os';
import { max, median, min } from 'simple-statistics';
import type { Contender, Run } from './contender.ts';
import { addScores, type Rates, ratesOf, score } from './score.ts';
import type { BenchSet } from './sets.ts';

/** All runs of one contender on one set, one a round. */
export interface Result {
  contender: Pick<Contender, 'name' | 'title'>;
  runs: Run[];
}

export interface SetResults {
  set: Pick<BenchSet, 'title' | 'truths'>;
  results: Result[];
}

/** A table for each set, in Markdown. Ratios are of wall times in the same round. */
export function markdownReport(sets: SetResults[]): string {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${gigabytes(totalmem())} GB`;
  const made = `Made by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}; ${machine}; Node ${process.version}.`;
  return [made, ...sets.map(setTable)].join('\n\n');
}

export function pagesPerMinute(result: Result, { set }: SetResults): number {
  return (60 * set.truths.length) / median(result.runs.map(({ wall }) => wall));
}

function setTable(sets: SetResults): string {
  const { set, results } = sets;
  const ours = results.filter(({ contender }) => isOurs(contender.name));
  const head = [
    'who',
    'wall s (min/med/max)',
    'pages/min',
    'CPU s a page',
    'CER / WER / F1 %',
    'peak MB (largest process)',
    ...ours.map(({ contender }) => `times ${contender.title}`),
  ];
  const rows = results.map((result) => [
    result.contender.title,
    spread(result.runs.map(({ wall }) => wall)),
    pagesPerMinute(result, sets).toFixed(1),
    (median(result.runs.map(({ cpu }) => cpu)) / set.truths.length).toFixed(2),
    rates(scoreRun(set, result.runs.at(-1) as Run)),
    memory(result.runs),
    ...ours.map((other) => (other === result ? '' : spread(ratios(result, other), 2))),
  ]);
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `### ${set.truths.length} ${set.title}\n\n${lines.join('\n')}`;
}

export const isOurs = (name: string) => name.startsWith('fanfold:');

export function scoreRun(set: SetResults['set'], { texts }: Run): Rates {
  return ratesOf(addScores(set.truths.map((truth, index) => score(truth, texts[index] ?? ''))));
}

/** How many times as long as `other` it took, round by round. */
export function ratios(result: Result, other: Result): number[] {
  return result.runs.map(({ wall }, round) => wall / (other.runs[round]?.wall ?? Number.NaN));
}

function rates({ cer, wer, f1 }: Rates): string {
  return `${cer.toFixed(2)} / ${wer.toFixed(2)} / ${f1.toFixed(1)}`;
}

function memory(runs: Run[]): string {
  const [sum, largest] = [
    runs.map(({ peakSum }) => peakSum),
    runs.map(({ peakLargest }) => peakLargest),
  ];
  return `${megabytes(max(sum))} (${megabytes(max(largest))})`;
}

function spread(values: number[], digits = 1): string {
  return [min(values), median(values), max(values)].map((value) => value.toFixed(digits)).join('/');
}

const megabytes = (bytes: number) => Math.round(bytes / 1024 ** 2);
const gigabytes = (bytes: number) => Math.round(bytes / 1024 ** 3);
