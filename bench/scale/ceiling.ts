import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkerProcess } from '#worker/testing/worker-process.ts';
import type { Bed } from './bed.ts';
import { hold, release, smallScans, untilRead } from './documents.ts';
import { type Evidence, gather } from './evidence.ts';
import { commits, pickUps, type Quantiles, readTimes, steadyRate } from './times.ts';

/** Milliseconds that the null engine takes. */
const NULL_MS = 5;
const DOCUMENTS = 16;
/** Seconds for which single pages come in at half the ceiling. */
const TRICKLE_SECONDS = 5;
const MOST_TRICKLED = 120;

export interface Level {
  workers: number;
  slots: number;
  /** Of the backlog. */
  pages: number;
}

export const CEILING_LEVELS: Level[] = [
  { workers: 1, slots: 1, pages: 96 },
  { workers: 1, slots: 4, pages: 240 },
  { workers: 2, slots: 8, pages: 480 },
  { workers: 4, slots: 16, pages: 800 },
];

export interface Ceiling extends Level {
  documents: number;
  /** Pages a second with a backlog. */
  rate: number;
  /** Milliseconds, with a backlog. */
  commit: Quantiles;
  /** Milliseconds, with single pages that come in at half that rate. */
  pickUp?: Quantiles;
  evidence: Evidence;
}

export async function measureCeiling(bed: Bed, level: Level, quick: boolean): Promise<Ceiling> {
  return withCrew(bed, level, async (workers) => {
    const ceiling = await drain(bed, workers, level, DOCUMENTS, quick);
    return { ...ceiling, pickUp: await trickle(bed, ceiling.rate / 2) };
  });
}

/** All pages of one document: each of their transactions locks its row. */
export async function measureOneDocument(bed: Bed, level: Level, quick: boolean): Promise<Ceiling> {
  return withCrew(bed, level, (workers) => drain(bed, workers, level, 1, quick));
}

function withCrew<T>(
  bed: Bed,
  { workers, slots }: Level,
  use: (workers: WorkerProcess[]) => Promise<T>,
): Promise<T> {
  return bed.withWorkers({ workers, slots, nullMs: NULL_MS, instant: true }, use);
}

async function drain(
  bed: Bed,
  workers: WorkerProcess[],
  level: Level,
  documents: number,
  quick: boolean,
): Promise<Ceiling> {
  const file = await smallScans(1);
  await backlog(bed, await hold(bed.ctx, file, 1), level.slots * level.workers);
  const ids = await hold(bed.ctx, file, documents);
  const each = Math.round((quick ? level.pages / 2 : level.pages) / documents);
  const pids = workers.map(({ child }) => child.pid ?? 0);
  const evidence = await gather(bed, pids, () => backlog(bed, ids, each));
  const times = await readTimes(bed.ctx, ids);
  const rate = steadyRate(times);
  console.error(`${level.workers} × ${level.slots}, ${documents}: ${rate.toFixed(1)} pages/s`);
  return { ...level, pages: times.length, documents, rate, commit: commits(times), evidence };
}

async function backlog(bed: Bed, ids: string[], each: number): Promise<void> {
  await Promise.all(ids.map((id) => release(bed.ctx, id, each)));
  await untilRead(bed.ctx, ids, ids.length * each);
}

/** Releases documents of one page at this rate, whatever becomes of them. */
async function trickle(bed: Bed, rate: number): Promise<Quantiles> {
  const count = Math.ceil(Math.min(MOST_TRICKLED, rate * TRICKLE_SECONDS));
  const ids = await hold(bed.ctx, await smallScans(1), count);
  const released: Promise<void>[] = [];
  const begun = performance.now();
  for (const [index, id] of ids.entries()) {
    await sleep(Math.max(0, begun + (index * 1000) / rate - performance.now()));
    released.push(release(bed.ctx, id, 1));
  }
  await Promise.all(released);
  await untilRead(bed.ctx, ids, count);
  return pickUps(await readTimes(bed.ctx, ids));
}
