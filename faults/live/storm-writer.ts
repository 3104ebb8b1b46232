/** Ends pages at a steady rate, as workers do, and tells how long each commit took; see storm.ts. */
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '#db/client.ts';
import type { SystemContext } from '#server/context.ts';
import { parseEnv } from '#server/env.ts';
import { createJobQueue, createSender } from '#server/jobs/queue.ts';
import { createAnnouncer } from '#server/live/announce.ts';
import { createLogger } from '#server/logger.ts';
import { completePage, type HeldPage } from '#server/pages/complete.ts';
import { createStorage } from '#server/storage/client.ts';
import { layoutOf } from '#server/testing/harness.ts';
import type { StormOrder } from './storm.ts';

/** Milliseconds in which the program is still being compiled: as many pages as p95 leaves out. */
const WARM = 5_000;

process.once('message', async (order: StormOrder) => {
  const took = await write(order);
  process.send?.(took);
});

async function write({ env: settings, pages, writers, perSecond, announces }: StormOrder) {
  const env = parseEnv(settings);
  const ignore = () => undefined;
  const { db, close } = openDatabase({ url: env.DATABASE_URL, max: writers + 1, onError: ignore });
  const boss = createSender(env.DATABASE_URL, ignore);
  await boss.start();
  const logger = createLogger({ name: 'storm', level: 'silent' });
  const announcer = createAnnouncer({ db, logger });
  const ctx: SystemContext = {
    env,
    db,
    jobs: createJobQueue(boss),
    storage: createStorage(env),
    announcer: announces ? announcer : { note() {} },
    logger,
  };
  const milliseconds: number[] = [];
  const begun = performance.now();
  let next = 0;
  const work = async () => {
    for (let index = next++; index < pages.length; index = next++) {
      await sleep(Math.max(0, begun + (index * 1_000) / perSecond - performance.now()));
      const took = await end(ctx, pages[index] as HeldPage);
      if (performance.now() - begun > WARM) milliseconds.push(took);
    }
  };
  await Promise.all(Array.from({ length: writers }, work));
  const seconds = (performance.now() - begun) / 1_000;
  await announcer.close();
  await boss.stop({ graceful: false });
  await close();
  return { milliseconds, seconds };
}

async function end(ctx: SystemContext, held: HeldPage): Promise<number> {
  const begun = performance.now();
  const layout = layoutOf(held.page, 'one of many words');
  const input = { ...held, layout, layoutKey: 'key', timings: {} };
  if (!(await completePage({ ctx, input }))) throw new Error('the page was not held');
  return performance.now() - begun;
}
