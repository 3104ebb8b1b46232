import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

/** Runs every check, each to its end, and closes with the sum of them all. */
interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const folder = await mkdtemp(join(tmpdir(), 'fanfold-test-'));
const vitestReport = join(folder, 'vitest.json');
const faultsReport = join(folder, 'faults.json');
const playwrightReport = join(folder, 'playwright.json');

const steps: { name: string; run: () => Promise<Counts> }[] = [
  { name: 'lint', run: () => check('biome', ['ci', '--error-on-warnings']) },
  { name: 'types', run: () => check('tsc', ['--noEmit']) },
  {
    name: 'unit and integration',
    run: async () => {
      const args = [
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${vitestReport}`,
      ];
      const ended = await check('vitest', args);
      return vitestCounts(ended);
    },
  },
  {
    name: 'faults',
    run: async () => {
      const args = ['--import', './supervisor/check-node.js', 'faults/run.ts'];
      const ended = await check(process.execPath, [...args, '--report', faultsReport]);
      return (readReport(faultsReport) as Counts | undefined) ?? ended;
    },
  },
  {
    name: 'end to end',
    run: async () => {
      const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport };
      const ended = await check('playwright', ['test', '--reporter=list,json'], env);
      return playwrightCounts(ended);
    },
  },
];

const wanted = process.argv.slice(2);
const total: Counts = { passed: 0, failed: 0, skipped: 0 };
for (const step of steps.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  console.log(`\n— ${step.name}`);
  const counts = await step.run();
  for (const key of Object.keys(total) as (keyof Counts)[]) total[key] += counts[key];
}
await rm(folder, { recursive: true, force: true });
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function check(
  command: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<Counts> {
  const result = await execa(command, args, {
    preferLocal: true,
    stdio: 'inherit',
    reject: false,
    env,
  });
  return result.exitCode === 0
    ? { passed: 1, failed: 0, skipped: 0 }
    : { passed: 0, failed: 1, skipped: 0 };
}

/** What the runner counted; a run that failed without a failed test counts as one failure. */
function vitestCounts(ended: Counts): Counts {
  const report = readReport(vitestReport);
  if (!report) return ended;
  const failed = Number(report.numFailedTests);
  return {
    passed: Number(report.numPassedTests),
    failed: Math.max(failed, ended.failed),
    skipped: Number(report.numPendingTests),
  };
}

function playwrightCounts(ended: Counts): Counts {
  const stats = readReport(playwrightReport)?.stats as Record<string, number> | undefined;
  if (!stats) return ended;
  return {
    passed: (stats.expected ?? 0) + (stats.flaky ?? 0),
    failed: Math.max(stats.unexpected ?? 0, ended.failed),
    skipped: stats.skipped ?? 0,
  };
}

function readReport(path: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
