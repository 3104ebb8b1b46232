/**
 * Makes faults on purpose and measures what comes of them, against the bars of reliability:
 * `npm run test:faults [-- --long] [-- --write] [-- R1 R2 …]`. `--long` takes the full loads,
 * `--write` puts the table into docs/reliability.md, `--report FILE` the counts as JSON. `--pages N`
 * makes the load of most bars so many pages, `--minutes N` sets how long the soak (R28) and the random
 * faults (X1) take, `--seed N` which faults those are.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { BARS } from './bars/index.ts';
import { type Bar, type Finding, Skipped } from './harness/bar.ts';
import { startInstallation } from './harness/installation.ts';
import { type Result, writeTable } from './harness/table.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    long: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    report: { type: 'string' },
    pages: { type: 'string' },
    minutes: { type: 'string' },
    seed: { type: 'string' },
  },
});

const wanted = BARS.filter(({ id, longOnly }) =>
  positionals.length > 0 ? positionals.includes(id) : values.long || !longOnly,
);
const number = (text?: string) => (text === undefined ? undefined : Number(text));
const options = {
  long: values.long,
  pages: number(values.pages),
  minutes: number(values.minutes),
  seed: number(values.seed),
};
const installation = await startInstallation();
const results: Result[] = [];
try {
  for (const bar of wanted) {
    console.log(`\n${bar.id}  ${bar.title}`);
    results.push(await measure(bar));
    if (values.write) writeTable(results, options);
  }
} finally {
  await installation.close();
}
const findings = results.flatMap((result) => result.findings);
const counts = {
  passed: findings.filter(({ ok }) => ok).length,
  failed: findings.filter(({ ok }) => !ok).length,
  skipped: results.filter(({ skipped }) => skipped).length,
};
if (values.report) writeFileSync(values.report, JSON.stringify(counts));
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed > 0 ? 1 : 0);

async function measure(bar: Bar): Promise<Result> {
  const startedAt = Date.now();
  const log = (text: string) => console.log(`    ${text}`);
  const { id, title } = bar;
  const took = () => (Date.now() - startedAt) / 1000;
  try {
    const found = await bar.run({ ...installation, ...options, log });
    for (const finding of found) print(finding);
    return { id, title, findings: found, seconds: took() };
  } catch (error) {
    if (error instanceof Skipped) {
      log(`skipped: ${error.message}`);
      return { id, title, findings: [], skipped: error.message, seconds: took() };
    }
    const figure = error instanceof Error ? error.message : String(error);
    const finding = { what: 'runs to its end', figure, limit: '', ok: false };
    print(finding);
    if (error instanceof Error) log(error.stack ?? '');
    return { id, title, findings: [finding], seconds: took() };
  } finally {
    await installation.endWorkers();
    installation.wires.database.weather({ kind: 'clear' });
    installation.wires.store.weather({ kind: 'clear' });
    log(`(${took().toFixed(1)} s)`);
  }
}

function print({ what, figure, limit, ok }: Finding): void {
  console.log(`  ${ok ? '✓' : '✗'} ${what}: ${figure}${limit ? `  (${limit})` : ''}`);
}
