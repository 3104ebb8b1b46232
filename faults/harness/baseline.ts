import { atMost, type Finding, type World } from './bar.ts';
import { corpusLoad, type Load, scanLoad, submit, untilEnded, untilRead } from './load.ts';

let loadA: Load | undefined;
const baselines = new Map<Load, number>();

/** The load that most bars take: 200 scans of the corpus, or fewer generated ones in the short version. */
export async function standardLoad(world: World): Promise<Load> {
  if (world.pages) loadA ??= await scanLoad(world.pages);
  loadA ??= world.long
    ? (corpusLoad('gen-200pages-scan.pdf', 200) ?? (await scanLoad(200)))
    : await scanLoad(16);
  return loadA;
}

/** T0: seconds that two undisturbed workers take for the load. Measured once. */
export async function undisturbedSeconds(world: World, load: Load): Promise<number> {
  const known = baselines.get(load);
  if (known) return known;
  await Promise.all([world.startWorker(), world.startWorker()]);
  await warmUp(world);
  const startedAt = Date.now();
  await untilRead(world.ctx, await submit(world.ctx, load.bytes), load);
  const seconds = (Date.now() - startedAt) / 1000;
  await world.endWorkers();
  baselines.set(load, seconds);
  world.log(`T0 = ${seconds.toFixed(1)} s for ${load.pageCount} pages`);
  return seconds;
}

/** Lets the workers load what the first pages take, so that it is not counted. */
export async function warmUp({ ctx }: World): Promise<void> {
  await untilEnded(ctx, await submit(ctx, (await scanLoad(4)).bytes));
}

/** Seconds against T0; nothing in the short version, whose load is too small to be measured by. */
export function against(
  what: string,
  figure: number,
  undisturbed: number | undefined,
  limit: (undisturbed: number) => number,
): Finding[] {
  return undisturbed === undefined ? [] : [atMost(what, figure, limit(undisturbed), ' s')];
}
