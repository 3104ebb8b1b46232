import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { Part } from '#supervisor/part.ts';
import { workerPart } from '#supervisor/programs.ts';
import { openRegistry } from '#supervisor/registry.ts';
import { readAttempts, untilReading } from '../harness/attempts.ts';
import { atLeast, atMost, type Bar, exactly, holds, type World } from '../harness/bar.ts';
import { kill, workerLaunch } from '../harness/installation.ts';
import { checkInvariants } from '../harness/invariants.ts';
import { scanLoad, submit, until, untilEnded } from '../harness/load.ts';
import { childrenOf } from '../harness/processes.ts';

export const stoppedPageProcess: Bar = {
  id: 'S1',
  title: 'a page process stopped',
  longOnly: true,
  async run(world) {
    const { ctx } = world;
    const load = await scanLoad(6);
    const worker = await world.startWorker();
    const pid = worker.child.pid as number;
    const documentId = await submit(ctx, load.bytes);
    await until(ctx, documentId, (row) => row.pagesCompleted >= 1);
    const lost = await untilReading(ctx, documentId, pid);
    const stoppedAt = Date.now();
    for (const child of childrenOf(pid)) kill(child, 'SIGSTOP');
    const row = await untilEnded(ctx, documentId, 120_000);
    const attempt = (await readAttempts(ctx, documentId)).find(({ id }) => id === lost?.id);
    const seconds = ((attempt?.finishedAt?.getTime() ?? Infinity) - stoppedAt) / 1000;
    return [
      atMost('it is replaced after', seconds, 20, ' s'),
      exactly('the document ends', row.status, 'completed'),
      holds(await checkInvariants(ctx, documentId, load)),
    ];
  },
};

export const stoppedOnlyWorker: Bar = {
  id: 'S2',
  title: 'the only worker of a group stopped',
  longOnly: true,
  async run(world) {
    const { ctx } = world;
    const load = await scanLoad(8);
    const part = new Part({
      ...workerPart(workerLaunch(world)),
      registry: openRegistry(`${world.folder}/worker-pids.json`),
      output: { line() {}, info() {}, announce() {}, warn: world.log },
    });
    await part.start();
    try {
      const documentId = await submit(ctx, load.bytes);
      await until(ctx, documentId, (row) => row.pagesCompleted >= 1);
      const stoppedAt = Date.now();
      kill(part.pid, 'SIGSTOP');
      const before = (await until(ctx, documentId, () => true)).seq;
      await sleep(2_000);
      await until(ctx, documentId, (row) => row.seq > before + 1, 120_000);
      const seconds = (Date.now() - stoppedAt) / 1000;
      const row = await untilEnded(ctx, documentId, 120_000);
      return [
        atMost('work goes on after', seconds, 60, ' s'),
        exactly('the document ends', row.status, 'completed'),
        holds(await checkInvariants(ctx, documentId, load)),
      ];
    } finally {
      await part.stop();
    }
  },
};

export const stoppedStore: Bar = {
  id: 'S3',
  title: 'the object store stopped, for good',
  longOnly: true,
  async run(world) {
    return stopServer(world, () => kill(world.store.pid, 'SIGSTOP'));
  },
};

export const stoppedPostgres: Bar = {
  id: 'S4',
  title: 'every process of Postgres stopped, for good',
  longOnly: true,
  async run(world) {
    return stopServer(world, () => {
      const server = world.postgres.pid as number;
      for (const pid of [server, ...childrenOf(server)]) kill(pid, 'SIGSTOP');
    });
  },
};

/** Stops a server while a document is read; somebody has to notice. */
async function stopServer(world: World, stop: () => void) {
  const { ctx } = world;
  const load = await scanLoad(8);
  await world.startWorker();
  const documentId = await submit(ctx, load.bytes);
  await until(ctx, documentId, (row) => row.pagesCompleted >= 1);
  const stoppedAt = Date.now();
  stop();
  const row = await untilEnded(ctx, documentId, 180_000);
  return [
    atMost('the document has ended after', (Date.now() - stoppedAt) / 1000, 120, ' s'),
    exactly('the document ends', row.status, 'completed'),
    holds(await checkInvariants(ctx, documentId, load)),
  ];
}

export const stoppedTransaction: Bar = {
  id: 'S5',
  title: 'a worker stopped in the middle of a transaction',
  async run(world) {
    const { ctx } = world;
    const load = await scanLoad(1);
    const { child } = await world.startWorker();
    const ids: string[] = [];
    while (ids.length < DOCUMENTS) ids.push(await submit(ctx, load.bytes));
    const held = await stopInTransaction(world, child.pid);
    const stoppedAt = Date.now();
    await world.startWorker();
    const rows = await Promise.all(ids.map((id) => untilEnded(ctx, id, 120_000)));
    const seconds = (Date.now() - stoppedAt) / 1000;
    kill(child.pid, 'SIGCONT');
    await sleep(2_000);
    const wrong = await Promise.all(ids.map((id) => checkInvariants(ctx, id, load)));
    return [
      atLeast('transactions that it held', held, 1),
      atMost('the documents have ended after', seconds, 60, ' s'),
      exactly(
        'of them completed',
        rows.filter(({ status }) => status === 'completed').length,
        DOCUMENTS,
      ),
      holds(wrong.flat()),
    ];
  },
};

/** Of one page each: their beginnings and ends are what takes transactions of several statements. */
const DOCUMENTS = 16;

/** Stops the worker while it holds a transaction open; resolves to how many it holds. */
async function stopInTransaction({ ctx }: World, pid: number | undefined): Promise<number> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
    if ((await countTransactions(ctx)) === 0) continue;
    kill(pid, 'SIGSTOP');
    const held = await countTransactions(ctx);
    if (held > 0) return held;
    kill(pid, 'SIGCONT');
  }
  return 0;
}

async function countTransactions(ctx: World['ctx']): Promise<number> {
  const { rows } = await ctx.db.execute<{ count: number }>(sql`
    select count(*)::int as count from pg_stat_activity
    where state = 'idle in transaction' and datname = current_database()`);
  return rows[0]?.count ?? 0;
}
