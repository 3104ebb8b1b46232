import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { linearRegression } from 'simple-statistics';
import { drawPage } from '#fixtures/images.ts';
import { finalizeDocument } from '#server/documents/finalize.ts';
import { clientOf } from '../harness/api.ts';
import { atMost, type Bar, exactly, type Finding, type World } from '../harness/bar.ts';
import { warmUp } from '../harness/baseline.ts';
import { kill, type Web } from '../harness/installation.ts';
import { corpusLoad, submit, textLoad, until, untilEnded, upload } from '../harness/load.ts';
import { keepLooking, memoryOf } from '../harness/processes.ts';

const MB = 1024 ** 2;
/** Pages after which the memory of a worker has settled. */
const SETTLED = 1_000;

export const manyPages: Bar = {
  id: 'R22',
  title: 'a file of very many pages',
  longOnly: true,
  async run(world) {
    const { ctx, long } = world;
    const count = long ? 10_000 : 100;
    const load = (long && corpusLoad('gen-10000pages-text.pdf', count)) || (await textLoad(count));
    const web = await world.startWeb();
    const worker = await world.startWorker({ WORKER_PAGE_PROCESSES: '2' });
    await warmUp(world);
    const api = await watchApi(world, web);
    const documentId = await upload(ctx, load.bytes);
    const peaks = { api: 0, child: 0 };
    const course: [number, number][] = [];
    let read = 0;
    const stopLooking = keepLooking(() => {
      peaks.api = Math.max(peaks.api, memoryOf(web.pid).own);
      const { own, children } = memoryOf(worker.child.pid as number);
      peaks.child = Math.max(peaks.child, ...children);
      if (read >= SETTLED) course.push([read, own / 1024]);
    });
    const startedAt = Date.now();
    await finalizeDocument({ ctx, input: { documentId } });
    const queued = await secondsOfPlanning(world, documentId);
    await until(ctx, documentId, (row) => row.pagesCompleted >= 1);
    const first = (Date.now() - startedAt) / 1000;
    const stopAsking = api.ask(documentId);
    const ended = await until(
      ctx,
      documentId,
      (row) => {
        read = row.pagesCompleted;
        return row.finishedAt !== null;
      },
      420_000,
    );
    stopLooking();
    await stopAsking();
    kill(web.pid, 'SIGTERM');
    world.log(`${count} pages in ${((Date.now() - startedAt) / 1000).toFixed(0)} s`);
    return [
      exactly('it ends', ended.status, 'completed'),
      atMost('queuing its pages takes', queued, 5, ' s'),
      atMost('its first page is there after', first, 10, ' s'),
      atMost('more memory of the web process', (peaks.api - api.before) / MB, 200, ' MB'),
      atMost('most memory of a page process', peaks.child / MB, 1024, ' MB'),
      ...slopeOf(course),
    ];
  },
};

/** Memory of the worker's own process against pages read; nothing where there were too few. */
function slopeOf(course: [number, number][]): Finding[] {
  if (course.length < 20) return [];
  const { m } = linearRegression(course);
  return [atMost(`growth of the worker after page ${SETTLED}, a page`, m, 5, ' kB')];
}

/** Seconds between the transaction that queues the pages beginning and its being seen. */
async function secondsOfPlanning({ ctx }: World, documentId: string): Promise<number> {
  await until(ctx, documentId, (row) => row.status === 'processing');
  const seenAt = Date.now();
  const { rows } = await ctx.db.execute<{ at: number }>(sql`
    select extract(epoch from created_at)::float8 as at from events
    where document_id = ${documentId} and type = 'document.processing'`);
  return seenAt / 1000 - (rows[0]?.at ?? 0);
}

/** What a browser asks for while it shows a document, by the real API. */
async function watchApi({ env }: World, web: Web) {
  const client = clientOf(web, env);
  for (let time = 0; time < 20; time += 1) await client.documents.list.query({});
  const before = memoryOf(web.pid).own;
  return {
    before,
    ask(documentId: string) {
      const watching = client.live.watch.subscribe({ documentId }, { onData: () => undefined });
      const timer = setInterval(() => {
        client.pages.list.query({ documentId }).catch(() => undefined);
        client.documents.get.query({ documentId }).catch(() => undefined);
      }, 5_000);
      return async () => {
        clearInterval(timer);
        watching.unsubscribe();
        await sleep(500);
      };
    },
  };
}

export const largePage: Bar = {
  id: 'R23',
  title: 'a very large page',
  longOnly: true,
  async run(world) {
    const { ctx, long } = world;
    const worker = await world.startWorker();
    await warmUp(world);
    await sleep(1_000);
    const resident = () => Math.max(...memoryOf(worker.child.pid as number).children);
    const before = resident();
    // A4 at 575 dpi are 32 Mpx.
    const picture = drawPage('A large page has little text.', { dpi: long ? 575 : 330 });
    let most = 0;
    const stopLooking = keepLooking(() => {
      most = Math.max(most, resident());
    }, 200);
    const request = { contentType: 'image/jpeg', fileName: 'large.jpg' };
    const documentId = await submit(ctx, Buffer.from(picture.jpeg()), request);
    const { status } = await untilEnded(ctx, documentId);
    stopLooking();
    const endedAt = Date.now();
    let after = resident();
    while (after > 1.2 * before && Date.now() - endedAt < 60_000) {
      await sleep(500);
      after = resident();
    }
    const mb = (bytes: number) => Math.round(bytes / MB);
    const pixels = (picture.width * picture.height) / 1e6;
    world.log(`${mb(before)} MB, at most ${mb(most)} MB, then ${mb(after)} MB`);
    return [
      exactly(`${pixels.toFixed(0)} Mpx end`, status, 'completed'),
      atMost('memory of the largest page process afterwards, × before', after / before, 1.2),
      atMost('reached after', (Date.now() - endedAt) / 1000, 60, ' s'),
    ];
  },
};
