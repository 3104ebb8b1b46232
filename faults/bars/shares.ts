import { median } from 'simple-statistics';
import type { Context } from '#server/context.ts';
import { cancelDocument } from '#server/documents/cancel.ts';
import { atLeast, atMost, type Bar, type World } from '../harness/bar.ts';
import { warmUp } from '../harness/baseline.ts';
import { corpusFile, type Load, readDocument, scanLoad, submit, until } from '../harness/load.ts';
import { anotherOwner, type Course, readOnce } from '../harness/owners.ts';

/** Times that each is measured. */
const TIMES = 3;

export const fairOwners: Bar = {
  id: 'R21',
  title: 'one page of an owner behind all that another has queued',
  async run(world) {
    const { ctx, long } = world;
    const bytes =
      (long && corpusFile('gen-200pages-scan.pdf')) || (await scanLoad(long ? 200 : 16)).bytes;
    const other = await anotherOwner(ctx);
    await world.startWorker({ WORKER_PAGE_PROCESSES: '2' });
    await warmUp(world);
    const page = await scanLoad(1);
    const idle = await measure(other, page);
    const queued = await queueUp(ctx, bytes, long ? 50 : 3);
    const waiting = await countWaiting(ctx, queued);
    const busy = await measure(other, page);
    await cancelAll(ctx, queued);
    return [
      atLeast('pages that the other has queued', waiting, long ? 9_000 : 24),
      ...compare(world, idle, busy),
    ];
  },
};

export const fairDocuments: Bar = {
  id: 'R21',
  title: 'a file of one page behind a long one of the same owner',
  longOnly: true,
  async run(world) {
    const { ctx, long } = world;
    await world.startWorker({ WORKER_PAGE_PROCESSES: '2' });
    await warmUp(world);
    const page = await scanLoad(1);
    const idle = await measure(ctx, page);
    const file = long ? corpusFile('gen-10000pages-text.pdf') : undefined;
    const bytes = file ?? (await scanLoad(long ? 200 : 24)).bytes;
    const pages = file ? '1-3000' : null;
    const queued = [await submit(ctx, bytes, { options: { mode: 'force', pages } })];
    await until(ctx, queued[0] as string, (row) => row.pagesCompleted >= 1);
    const waiting = await countWaiting(ctx, queued);
    const busy = await measure(ctx, page);
    await cancelAll(ctx, queued);
    return [
      atLeast('pages of the long one that wait', waiting, file ? 2_900 : 12),
      ...compare(world, idle, busy),
    ];
  },
};

function compare(world: World, idle: Course[], busy: Course[]) {
  for (const { seconds, steps } of idle) world.log(`idle ${seconds.toFixed(2)} s: ${steps}`);
  for (const { seconds, steps } of busy) world.log(`behind them ${seconds.toFixed(2)} s: ${steps}`);
  const usual = median(idle.map(({ seconds }) => seconds));
  const times = Math.max(...busy.map(({ seconds }) => seconds)) / usual;
  // The short version runs where other tests do; whoever had to wait for all pages would take 20 ×.
  return [atMost(`done within, × its ${usual.toFixed(2)} s alone`, times, world.long ? 3 : 5)];
}

async function measure(ctx: Context, load: Load): Promise<Course[]> {
  const courses: Course[] = [];
  while (courses.length < TIMES) courses.push(await readOnce(ctx, load));
  return courses;
}

/** So many documents whose pages are all queued. */
async function queueUp(ctx: Context, bytes: Buffer, count: number): Promise<string[]> {
  const ids = await Promise.all(Array.from({ length: count }, () => submit(ctx, bytes)));
  for (const id of ids) await until(ctx, id, (row) => row.pageCount !== null);
  return ids;
}

async function countWaiting(ctx: Context, ids: string[]): Promise<number> {
  let waiting = 0;
  for (const id of ids) {
    const { pageCount, pagesCompleted } = await readDocument(ctx, id);
    waiting += (pageCount ?? 0) - pagesCompleted;
  }
  return waiting;
}

async function cancelAll(ctx: Context, ids: string[]): Promise<void> {
  for (const documentId of ids) {
    await cancelDocument({ ctx, input: { documentId } }).catch(() => undefined);
  }
}
