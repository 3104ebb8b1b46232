import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import pidusage from 'pidusage';
import { max, quantile } from 'simple-statistics';
import { updateDocument } from '#server/documents/update.ts';
import { uploadFile } from '#server/testing/harness.ts';
import { atMost, type Bar, exactly, type World } from '../harness/bar.ts';
import { delays, gather, streamUrl } from './crowd.ts';
import { startServer } from './server.ts';

/** Documents over which the watchers are spread. */
const DOCUMENTS = 20;
/** Milliseconds between two changes; every watcher is told of each. */
const PAUSE = 500;
/** `DATABASE_POOL`, two that enqueue, and the one that listens. */
const CONNECTIONS = 10 + 2 + 1;

export const manyWatchers: Bar = {
  id: 'L1',
  title: 'many watchers of one web process',
  async run(world) {
    const { env, long } = world;
    const count = long ? 1_000 : 200;
    const before = await countConnections(world);
    const web = await startServer(world);
    const ids: string[] = [];
    while (ids.length < DOCUMENTS) ids.push(await uploadFile(world.ctx));
    const urls = Array.from({ length: count }, (_, index) =>
      streamUrl(web, ids[index % ids.length]),
    );
    // What the first stream loads is not counted for the others.
    await (await gather({ urls: urls.slice(0, 1), key: env.FANFOLD_LOCAL_KEY })).leave();
    await sleep(3_000);
    const empty = await memoryOf(web.pid);
    const crowd = await gather({ urls, key: env.FANFOLD_LOCAL_KEY });
    const { open } = await crowd.report();
    const held = await memoryOf(web.pid);
    const changes = await makeChanges(world, ids, long ? 60 : 16);
    const full = await memoryOf(web.pid);
    const connections = await countConnections(world);
    const { receipts } = await crowd.report();
    await crowd.leave();
    await web.end();
    const late = delays(receipts, changes, count);
    world.log(`${count} streams, ${changes.length} changes; the last news after ${max(late)} ms`);
    return [
      exactly('streams open', open, count),
      atMost('memory of each, held open', (held - empty) / 1_000 / count, 100, ' kB'),
      atMost(
        'memory of each, once it was sent changes',
        (full - empty) / 1_000 / count,
        100,
        ' kB',
      ),
      atMost('delivery, p95', quantile(late, 0.95) / 1_000, 1, ' s'),
      exactly('connections that listen', connections.listening, 1),
      atMost('connections to the database', connections.all - before.all, CONNECTIONS),
    ];
  },
};

async function makeChanges({ ctx }: World, ids: string[], count: number) {
  const changes: { documentId: string; seq: number; at: number }[] = [];
  for (let made = 0; made < count; made += 1) {
    const documentId = ids[made % ids.length] as string;
    const { seq } = await updateDocument({ ctx, input: { documentId, title: `Change ${made}` } });
    changes.push({ documentId, seq, at: Date.now() });
    await sleep(PAUSE);
  }
  await sleep(2_000);
  return changes;
}

/** Bytes. */
async function memoryOf(pid: number): Promise<number> {
  return (await pidusage(pid)).memory;
}

async function countConnections({ ctx }: World): Promise<{ all: number; listening: number }> {
  const { rows } = await ctx.db.execute<{ all: number; listening: number }>(sql`
    select count(*)::int as all,
      count(*) filter (where application_name = 'fanfold-listen')::int as listening
    from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`);
  return rows[0] ?? { all: 0, listening: 0 };
}
