import type { World } from './bar.ts';
import { corpusLoad, type Load, scanLoad, submit, untilEnded } from './load.ts';

let loadA: Load | undefined;
const baselines = new Map<Load, number>();

/** The load that most bars take: 200 scans of the corpus, or fewer generated ones in the short version. */
export async function standardLoad(world: World): Promise<Load> {
  loadA ??= world.long
    ? (corpusLoad('gen-200pages-scan.pdf', 200) ?? (await scanLoad(200)))
    : await scanLoad(40);
  return loadA;
}

/** T0: seconds that two undisturbed workers take for the load. Measured once. */
export async function undisturbedSeconds(world: World, load: Load): Promise<number> {
  const known = baselines.get(load);
  if (known) return known;
  await Promise.all([world.startWorker(), world.startWorker()]);
  // What the engine loads first is not counted: the workers of the bars are warm, too.
  await untilEnded(world.ctx, await submit(world.ctx, (await scanLoad(4)).bytes));
  const startedAt = Date.now();
  await untilEnded(world.ctx, await submit(world.ctx, load.bytes));
  const seconds = (Date.now() - startedAt) / 1000;
  await world.endWorkers();
  baselines.set(load, seconds);
  world.log(`T0 = ${seconds.toFixed(1)} s for ${load.pageCount} pages`);
  return seconds;
}
