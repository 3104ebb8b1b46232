/** How the queue scales, without the time that reading takes: see HELP. */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { type Bed, startBed } from './bed.ts';
import { CEILING_LEVELS, type Ceiling, measureCeiling, measureOneDocument } from './ceiling.ts';
import { publish } from './publish.ts';
import { ceilingTable, speedUpTable, stamp } from './report.ts';
import { CREWS, measureSpeedUp, type SpeedUp } from './speed-up.ts';

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
  closeOnSignals(bed);
  try {
    for (const name of names) await parts[name](bed, tell(name));
  } finally {
    await bed.close();
  }
}

/** Puts what a part has measured so far onto the screen and, with --write, into the page. */
type Tell = (table: string) => void;

function tell(part: string): Tell {
  const load = loadavg()[0] ?? 0;
  return (table) => {
    const report = `${table}\n\n${stamp({ load, quick: values.quick })}`;
    console.log(`\n${report}`);
    if (values.write) publish(part, report);
  };
}

async function speedUp(bed: Bed, tell: Tell): Promise<void> {
  const measured: SpeedUp[] = [];
  for (const crew of CREWS) {
    measured.push(await measureSpeedUp(bed, crew));
    tell(speedUpTable(measured));
  }
}

async function ceiling(bed: Bed, tell: Tell): Promise<void> {
  const wanted = values['at-once']?.split(',').map(Number);
  const levels = CEILING_LEVELS.filter(
    ({ workers, slots }) => !wanted || wanted.includes(workers * slots),
  );
  const measured: Ceiling[] = [];
  for (const level of levels) {
    measured.push(await measureCeiling(bed, level, values.quick));
    tell(ceilingTable(measured));
  }
  const most = levels.at(-1);
  if (!most) return;
  measured.push(await measureOneDocument(bed, most, values.quick));
  tell(ceilingTable(measured));
}

/** Whoever ends a measurement finds no server or worker of it left; what was measured has been told. */
function closeOnSignals(bed: Bed): void {
  const codes = { SIGINT: 130, SIGTERM: 143 };
  for (const [signal, code] of Object.entries(codes)) {
    process.once(signal, () => {
      void bed.close().finally(() => process.exit(code));
    });
  }
}
