import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { cancelDocument } from '#server/documents/cancel.ts';
import { removeDocument } from '#server/documents/remove.ts';
import { retryDocument } from '#server/documents/retry.ts';
import { readAttempts } from '../harness/attempts.ts';
import { atMost, type Bar, exactly, holds, type World } from '../harness/bar.ts';
import { standardLoad } from '../harness/baseline.ts';
import { checkInvariants, listKeys } from '../harness/invariants.ts';
import {
  readDocument,
  scanLoad,
  submit,
  textLoad,
  until,
  untilEnded,
  untilRead,
} from '../harness/load.ts';

export const canceled: Bar = {
  id: 'R19',
  title: 'a document canceled while it is read',
  async run(world) {
    const { ctx } = world;
    const load = await standardLoad(world);
    await Promise.all([world.startWorker(), world.startWorker()]);
    const documentId = await submit(ctx, load.bytes);
    await until(ctx, documentId, (row) => row.pagesCompleted >= load.pageCount / 4);
    await cancelDocument({ ctx, input: { documentId } });
    const canceledAt = Date.now();
    const { seq } = await readDocument(ctx, documentId);
    const idle = await untilIdle(world, canceledAt);
    await sleep(3_000);
    const after = await readDocument(ctx, documentId);
    const attempts = await readAttempts(ctx, documentId);
    const last = Math.max(...attempts.map(({ startedAt }) => startedAt.getTime()));
    await retryDocument({ ctx, input: { documentId } });
    const retried = await untilRead(ctx, documentId, load);
    return [
      atMost('the last page begins after', (last - canceledAt) / 1000, 2, ' s'),
      atMost('the last running page is gone after', idle, 5, ' s'),
      exactly('events after it', after.seq - seq, 0),
      exactly('status', after.status, 'canceled'),
      exactly('tried again, it ends', retried.status, 'completed'),
      holds(await checkInvariants(ctx, documentId, load)),
    ];
  },
};

/** Seconds since `since` until no page is worked on. */
async function untilIdle({ ctx }: World, since: number): Promise<number> {
  for (;;) {
    const { rows } = await ctx.db.execute<{ count: number }>(sql`
      select count(*)::int as count from pgboss.job
      where name = 'page.recognize' and state = 'active'`);
    const seconds = (Date.now() - since) / 1000;
    if (rows[0]?.count === 0 || seconds > 60) return seconds;
    await sleep(50);
  }
}

export const cancelRaces: Bar = {
  id: 'R19',
  title: 'cancel against finish',
  async run(world) {
    const { ctx, long } = world;
    const load = await textLoad(1);
    await world.startWorker();
    await untilEnded(ctx, await submit(ctx, load.bytes));
    const races = long ? 100 : 20;
    const ended: Record<string, number> = {};
    let several = 0;
    for (let race = 0; race < races; race += 1) {
      const documentId = await submit(ctx, load.bytes);
      await sleep(Math.random() * 250);
      await cancelDocument({ ctx, input: { documentId } }).catch(() => undefined);
      const { status } = await untilEnded(ctx, documentId);
      ended[status] = (ended[status] ?? 0) + 1;
      if ((await countEnds(world, documentId)) !== 1) several += 1;
    }
    world.log(`ended ${JSON.stringify(ended)}`);
    return [exactly(`documents of ${races} without one single end`, several, 0)];
  },
};

async function countEnds({ ctx }: World, documentId: string): Promise<number> {
  const { rows } = await ctx.db.execute<{ count: number }>(sql`
    select count(*)::int as count from events where document_id = ${documentId}
    and type in ('document.completed', 'document.partial', 'document.failed', 'document.canceled')`);
  return rows[0]?.count ?? 0;
}

export const deleted: Bar = {
  id: 'R20',
  title: 'documents deleted while they are read',
  async run(world) {
    const { ctx, long } = world;
    const load = await scanLoad(4);
    await Promise.all([world.startWorker(), world.startWorker()]);
    const ids: string[] = [];
    for (let round = 0; round < (long ? 50 : 6); round += 1) {
      const documentId = await submit(ctx, load.bytes);
      ids.push(documentId);
      await sleep(Math.random() * 2_000);
      await removeDocument({ ctx, input: { documentId } });
    }
    await untilIdle(world, Date.now());
    if (long) await sleep(60_000);
    else await makeDue(world, ids);
    let objects = 0;
    for (const id of ids) objects += (await listKeys(ctx, `documents/${id}/`)).length;
    return [
      exactly('rows left', await countRows(world, ids), 0),
      exactly(long ? 'objects left after 60 s' : 'objects left after the sweeps', objects, 0),
    ];
  },
};

/** Makes the later sweeps due and waits for them. */
async function makeDue({ ctx }: World, ids: string[]): Promise<void> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(200)) {
    await ctx.db.execute(sql`
      update pgboss.job set start_after = now()
      where name in ('document.remove', 'document.tidy') and state in ('created', 'retry')`);
    const { rows } = await ctx.db.execute<{ count: number }>(sql`
      select count(*)::int as count from pgboss.job
      where name in ('document.remove', 'document.tidy') and state < 'completed'
      and data->>'documentId' in ${ids}`);
    if (rows[0]?.count === 0) return;
  }
}

async function countRows({ ctx }: World, ids: string[]): Promise<number> {
  const { rows } = await ctx.db.execute<{ count: number }>(sql`
    select (select count(*) from documents where id in ${ids})
      + (select count(*) from pages where document_id in ${ids})
      + (select count(*) from attempts where document_id in ${ids})
      + (select count(*) from events where document_id in ${ids}) as count`);
  return Number(rows[0]?.count ?? -1);
}
