import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { quantile } from 'simple-statistics';
import { endlessPdf } from '#fixtures/pdf.ts';
import type { Context } from '#server/context.ts';
import { DEAD_LETTER_QUEUE } from '#server/jobs/catalog.ts';
import { readAttempts, untilReading } from '../harness/attempts.ts';
import { atMost, type Bar, exactly, type Finding, type World } from '../harness/bar.ts';
import { warmUp } from '../harness/baseline.ts';
import { kill } from '../harness/installation.ts';
import { scanLoad, submit, untilEnded } from '../harness/load.ts';
import { anotherOwner, readOnce } from '../harness/owners.ts';
import { busiestChild } from '../harness/processes.ts';

/** Pages of another owner that are read before. */
const TIMES = 30;

export const crashLoop: Bar = {
  id: 'R18',
  title: 'a page that kills its process each time (and R15: the pauses between)',
  longOnly: true,
  async run(world) {
    const { ctx } = world;
    const worker = await world.startWorker({ WORKER_PAGE_PROCESSES: '2' });
    const pid = worker.child.pid as number;
    await warmUp(world);
    const other = await anotherOwner(ctx);
    const usual = await readSeveral(other, (count) => count < TIMES);
    const documentId = await submit(ctx, Buffer.from(await endlessPdf()));
    const killer = new AbortController();
    const killing = killPageProcesses(world, documentId, pid, killer.signal);
    const due = watchRetries(world, documentId, killer.signal);
    const ended = untilEnded(ctx, documentId, 120_000);
    let over = false;
    void ended.finally(() => {
      over = true;
    });
    const meanwhile = await readSeveral(other, () => !over);
    const row = await ended;
    killer.abort();
    await killing;
    const attempts = await readAttempts(ctx, documentId);
    const times = (await due).map((at, index) => ({
      pause: at - (attempts[index]?.finishedAt?.getTime() ?? 0) / 1000,
      late: (attempts[index + 1]?.startedAt.getTime() ?? Number.NaN) / 1000 - at,
    }));
    const { rows } = await ctx.db.execute<{ kind: string; stack: string }>(sql`
      select source_output->>'name' as kind, source_output->>'stack' as stack from pgboss.job
      where name = ${DEAD_LETTER_QUEUE} and data->>'documentId' = ${documentId}`);
    return [
      exactly('the document ends with', row.errorCode ?? row.status, 'WORKER_CRASHED'),
      exactly('attempts', attempts.length, 3),
      between('first pause', times[0]?.pause, 5, 10),
      between('second pause', times[1]?.pause, 10, 20),
      atMost(
        'picked up once it is over, at most after',
        Math.max(...times.map(({ late }) => late)),
        PICK_UP,
        ' s',
      ),
      exactly('in the dead letter queue', rows.length, 1),
      exactly('with its stack', (rows[0]?.stack ?? '').includes('WORKER_CRASHED'), true),
      atMost(
        `p95 of the wait of ${meanwhile.length} pages of another owner, × the ${quantile(usual, 0.95).toFixed(2)} s before`,
        quantile(meanwhile, 0.95) / quantile(usual, 0.95),
        1.2,
      ),
    ];
  },
};

/** Seconds that each document of one page waits until it is read, one after the other. */
async function readSeveral(ctx: Context, goesOn: (count: number) => boolean): Promise<number[]> {
  const load = await scanLoad(1);
  const seconds: number[] = [];
  do seconds.push((await readOnce(ctx, load)).waited);
  while (goesOn(seconds.length));
  return seconds;
}

/** Seconds between two looks at the queue: no notification tells that a pause is over. */
const PICK_UP = 5;

const between = (what: string, figure: number | undefined, from: number, to: number): Finding => {
  const rounded = Number((figure ?? Number.NaN).toFixed(1));
  return {
    what,
    figure: `${rounded} s`,
    limit: `${from}–${to} s`,
    ok: rounded >= from && rounded <= to,
  };
};

/** Resolves to the times at which the page's job was to be tried again, seconds since 1970. */
async function watchRetries({ ctx }: World, documentId: string, signal: AbortSignal) {
  const due = new Set<number>();
  while (!signal.aborted) {
    const { rows } = await ctx.db.execute<{ at: number }>(sql`
      select extract(epoch from start_after)::float8 as at from pgboss.job
      where name = 'page.recognize' and state = 'retry' and data->>'documentId' = ${documentId}`);
    for (const { at } of rows) due.add(at);
    await sleep(100);
  }
  return [...due];
}

/** Kills the page process of each attempt, a moment after it began: the one that never rests. */
async function killPageProcesses(
  { ctx }: World,
  documentId: string,
  pid: number,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const attempt = await untilReading(ctx, documentId, pid, 1_000);
    if (!attempt) continue;
    await sleep(1_500);
    kill(await busiestChild(pid), 'SIGKILL');
    await sleep(1_000);
  }
}
