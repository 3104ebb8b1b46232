import type { Bed } from './bed.ts';
import { send, smallScans, untilRead } from './documents.ts';
import { readTimes, seconds } from './times.ts';

export const PAGES = 10;
export const PAGE_SECONDS = 2;
/** Page processes, over how many workers. */
const CREWS = [
  { workers: 1, slots: 1 },
  { workers: 2, slots: 2 },
  { workers: 2, slots: 5 },
];

export interface SpeedUp {
  workers: number;
  slots: number;
  /** From the pages' being queued to the end of the last. */
  seconds: number;
}

/** Ten pages of two seconds each, read by real page processes. */
export async function measureSpeedUp(bed: Bed, log: (text: string) => void): Promise<SpeedUp[]> {
  const file = await smallScans(PAGES);
  const measured: SpeedUp[] = [];
  for (const crew of CREWS) {
    const settings = { ...crew, nullMs: PAGE_SECONDS * 1000, instant: false };
    const took = await bed.withWorkers(settings, async () => {
      // Processes that still start take their first page late.
      await read(bed, file);
      return seconds(await readTimes(bed.ctx, [await read(bed, file)]));
    });
    log(`${crew.workers} × ${crew.slots}: ${took.toFixed(1)} s`);
    measured.push({ ...crew, seconds: took });
  }
  return measured;
}

async function read(bed: Bed, file: Buffer): Promise<string> {
  const id = await send(bed.ctx, file);
  await untilRead(bed.ctx, [id], PAGES);
  return id;
}
