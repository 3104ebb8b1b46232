import { median, sum } from 'simple-statistics';
import type { Bed } from './bed.ts';
import { send, smallScans, untilRead } from './documents.ts';
import { gather } from './evidence.ts';
import { readTimes, seconds } from './times.ts';

export const PAGES = 10;
export const PAGE_SECONDS = 2;
/** Page processes, over how many workers. */
export const CREWS = [
  { workers: 1, slots: 1 },
  { workers: 2, slots: 2 },
  { workers: 2, slots: 5 },
];

export interface SpeedUp {
  workers: number;
  slots: number;
  /** From the pages' being queued to the end of the last. */
  seconds: number;
  /** Milliseconds of a page beside the sleep, from its claim to its end: opening, drawing, storing. */
  beside: number;
  /** Milliseconds for which a page process has no page, for each page. */
  idle: number;
  /** Milliseconds of processor time of a page. */
  cpu: { postgres: number; store: number; workers: number };
}

/** Ten pages of two seconds each, read by real page processes. */
export async function measureSpeedUp(
  bed: Bed,
  crew: Pick<SpeedUp, 'workers' | 'slots'>,
): Promise<SpeedUp> {
  const file = await smallScans(PAGES);
  const settings = { ...crew, nullMs: PAGE_SECONDS * 1000, instant: false };
  return bed.withWorkers(settings, async (workers) => {
    // Processes that still start take their first page late.
    await read(bed, file);
    const pids = workers.map(({ child }) => child.pid ?? 0);
    let id = '';
    const { cpu } = await gather(bed, pids, async () => {
      id = await read(bed, file);
    });
    const times = await readTimes(bed.ctx, [id]);
    const taken = times.map(({ claimed, ended }) => ended - claimed);
    const capacity = seconds(times) * 1_000 * crew.workers * crew.slots;
    const aPage = (value: number) => (value * 1_000) / PAGES;
    return {
      ...crew,
      seconds: seconds(times),
      beside: median(taken) - PAGE_SECONDS * 1_000,
      idle: (capacity - sum(taken)) / PAGES,
      cpu: {
        postgres: aPage(cpu.postgres),
        store: aPage(cpu.store),
        workers: aPage(cpu.workers),
      },
    };
  });
}

async function read(bed: Bed, file: Buffer): Promise<string> {
  const id = await send(bed.ctx, file);
  await untilRead(bed.ctx, [id], PAGES);
  return id;
}
