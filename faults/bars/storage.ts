import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { sql } from 'drizzle-orm';
import { readAttempts, repeats } from '../harness/attempts.ts';
import { atLeast, atMost, type Bar, exactly, holds, type World } from '../harness/bar.ts';
import { against, standardLoad, undisturbedSeconds, warmUp } from '../harness/baseline.ts';
import { checkInvariants } from '../harness/invariants.ts';
import { scanLoad, submit, until, untilEnded, untilRead } from '../harness/load.ts';

export const absentStore: Bar = {
  id: 'R10',
  title: 'the object store answers 503 while files are fetched and results are written',
  longOnly: true,
  async run(world) {
    const { ctx, wires, long } = world;
    const load = await standardLoad(world);
    const undisturbed = long ? await undisturbedSeconds(world, load) : undefined;
    const away = long ? 30 : 12;
    await Promise.all([world.startWorker(), world.startWorker()]);
    await warmUp(world);
    const walls: number[] = [];
    const tries: number[] = [];
    const wrong: string[] = [];
    let twice = 0;
    for (const share of [0, 0.3]) {
      const before = wires.store.answered().length;
      if (share === 0) wires.store.weather({ kind: 'answer', status: 503 });
      const startedAt = Date.now();
      const documentId = await submit(ctx, load.bytes);
      await until(ctx, documentId, (row) => row.pagesCompleted >= load.pageCount * share);
      wires.store.weather({ kind: 'answer', status: 503 });
      await sleep(away * 1000);
      wires.store.weather({ kind: 'clear' });
      await untilRead(ctx, documentId, load);
      walls.push((Date.now() - startedAt) / 1000);
      tries.push(wires.store.answered().length - before);
      twice = Math.max(twice, repeats(await readAttempts(ctx, documentId)));
      wrong.push(...(await checkInvariants(ctx, documentId, load)));
    }
    return [
      atLeast('tries while it was away', Math.min(...tries), 4),
      ...against(`wall time, T0 + ${away} + 15`, Math.max(...walls), undisturbed, (seconds) =>
        Math.round(seconds + away + 15),
      ),
      atMost('pages begun twice', twice, 0),
      holds(wrong),
    ];
  },
};

export const slowStore: Bar = {
  id: 'R10',
  title: 'the object store sends 10 kB/s',
  longOnly: true,
  async run(world) {
    const { ctx, wires } = world;
    const load = await scanLoad(4);
    await world.startWorker({ PAGE_TIMEOUT_MS: '10000' });
    wires.store.weather({ kind: 'slow', bytesPerSecond: 10_000 });
    const documentId = await submit(ctx, load.bytes);
    const row = await untilEnded(ctx, documentId);
    wires.store.weather({ kind: 'clear' });
    world.log(`${load.bytes.length} bytes`);
    return [
      exactly('it ends', row.status, 'completed'),
      exactly('pages begun twice', repeats(await readAttempts(ctx, documentId)), 0),
      exactly('jobs whose lease ran out', await countRetries(world, documentId), 0),
      holds(await checkInvariants(ctx, documentId, load)),
    ];
  },
};

async function countRetries({ ctx }: World, documentId: string): Promise<number> {
  const { rows } = await ctx.db.execute<{ count: number }>(sql`
    select coalesce(sum(retry_count), 0)::int as count from pgboss.job
    where data->>'documentId' = ${documentId}`);
  return rows[0]?.count ?? 0;
}

export const missingSource: Bar = {
  id: 'R11',
  title: 'the uploaded file is gone, or may not be read',
  async run(world) {
    const { ctx, wires } = world;
    const load = await scanLoad(1);
    const gone = await submit(ctx, load.bytes);
    const { client, bucket: Bucket } = ctx.storage;
    await client.send(new DeleteObjectCommand({ Bucket, Key: `documents/${gone}/source` }));
    await world.startWorker();
    const afterGone = await outcomeOf(world, gone);
    wires.store.weather({ kind: 'answer', status: 403 });
    const before = wires.store.answered().length;
    const afterDenied = await outcomeOf(world, await submit(ctx, load.bytes));
    const asked = wires.store.answered().length - before;
    wires.store.weather({ kind: 'clear' });
    await ctx.db.execute(sql`delete from documents where id = ${gone}`);
    return [
      exactly('404', afterGone.code, 'SOURCE_MISSING'),
      atMost('404: tries of the job', afterGone.tries, 3),
      exactly('403', afterDenied.code, 'SOURCE_MISSING'),
      atMost('403: requests', asked, 3),
    ];
  },
};

async function outcomeOf({ ctx }: World, documentId: string) {
  const row = await untilEnded(ctx, documentId, 60_000);
  const { rows } = await ctx.db.execute<{ tries: number }>(sql`
    select max(retry_count) + 1 as tries from pgboss.job
    where data->>'documentId' = ${documentId}`);
  return { code: row.errorCode ?? row.status, tries: Number(rows[0]?.tries ?? 0) };
}
