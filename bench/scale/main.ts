/** How the queue scales, without the time that reading takes: see HELP. */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { type Bed, startBed } from './bed.ts';
import { CEILING_LEVELS, measureCeiling, measureOneDocument } from './ceiling.ts';
import { publish } from './publish.ts';
import { ceilingTable, speedUpTable, stamp } from './report.ts';
import { measureSpeedUp } from './speed-up.ts';

const HELP = `Measures the queue with an engine that only takes its time.

  npm run bench:scale -- [options]

  --quick           fewer pages
  --only PART       speed-up or ceiling
  --at-once 1,64    levels of the ceiling (all of 1, 4, 16, 64)
  --write           put the tables of what was measured into docs/scaling.md
`;

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    'at-once': { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) console.log(HELP);
else await bench();

async function bench(): Promise<void> {
  const parts = { 'speed-up': speedUp, ceiling };
  const names = (Object.keys(parts) as (keyof typeof parts)[]).filter(
    (name) => !values.only || values.only === name,
  );
  if (names.length === 0) throw new Error(`--only ${values.only}: speed-up or ceiling.`);
  const bed = await startBed();
  try {
    for (const name of names) {
      const before = loadavg()[0] ?? 0;
      const report = `${await parts[name](bed)}\n\n${stamp({ load: before, quick: values.quick })}`;
      console.log(`\n${report}`);
      if (values.write) publish(name, report);
    }
  } finally {
    await bed.close();
  }
}

async function speedUp(bed: Bed): Promise<string> {
  return speedUpTable(await measureSpeedUp(bed, log));
}

async function ceiling(bed: Bed): Promise<string> {
  const wanted = values['at-once']?.split(',').map(Number);
  const levels = CEILING_LEVELS.filter(
    ({ workers, slots }) => !wanted || wanted.includes(workers * slots),
  );
  const measured = [];
  for (const level of levels) measured.push(await measureCeiling(bed, level, values.quick));
  const most = levels.at(-1);
  if (most) measured.push(await measureOneDocument(bed, most, values.quick));
  return ceilingTable(measured);
}

function log(text: string): void {
  console.error(text);
}
