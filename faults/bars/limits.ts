import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { endlessPdf } from '#fixtures/pdf.ts';
import { LEASE_SECONDS } from '#server/jobs/catalog.ts';
import { readAttempts, untilReading } from '../harness/attempts.ts';
import { atMost, type Bar, exactly, type Finding, type World } from '../harness/bar.ts';
import { warmUp } from '../harness/baseline.ts';
import { corpusFile, scanLoad, submit, untilEnded } from '../harness/load.ts';

export const blockedPage: Bar = {
  id: 'R5',
  title: 'a page that keeps its process busy for ever',
  async run(world) {
    const limit = world.long ? 60 : 6;
    const worker = await world.startWorker({ PAGE_TIMEOUT_MS: String(limit * 1000) });
    await warmUp(world);
    const files = {
      'forms within forms': Buffer.from(await endlessPdf()),
      ...(world.long && { 'billion laughs': corpusFile('gen-form-billion-laughs.pdf') }),
    };
    const findings: Finding[] = [];
    for (const [name, bytes] of Object.entries(files)) {
      if (!bytes) continue;
      const found = await readBomb(world, bytes, worker.child.pid, limit);
      findings.push(...found.map((one) => ({ ...one, what: `${name}: ${one.what}` })));
    }
    return [...findings, exactly('the worker lives', worker.child.exitCode === null, true)];
  },
};

async function readBomb(world: World, bytes: Buffer, pid: number | undefined, limit: number) {
  const { ctx } = world;
  const bomb = await submit(ctx, bytes);
  await untilReading(ctx, bomb, pid);
  const next = await submit(ctx, (await scanLoad(1)).bytes);
  const beats = watchHeartbeats(world, bomb);
  const { errorCode, status } = await untilEnded(ctx, bomb);
  const silent = await beats();
  const [attempt, ...further] = await readAttempts(ctx, bomb);
  const killedAt = attempt?.finishedAt?.getTime() ?? Number.NaN;
  await untilEnded(ctx, next);
  const [served] = await readAttempts(ctx, next);
  return [
    exactly('ends with', errorCode ?? status, 'PAGE_TIMEOUT'),
    exactly('further tries', further.length, 0),
    atMost('its job without a heartbeat for, at most', silent, LEASE_SECONDS, ' s'),
    atMost(
      `killed after the limit of ${limit} s by`,
      (killedAt - (attempt?.startedAt.getTime() ?? 0)) / 1000 - limit,
      2,
      ' s',
    ),
    atMost(
      'the next page is read after',
      ((served?.finishedAt?.getTime() ?? Number.NaN) - killedAt) / 1000,
      // The short version runs where other tests do: starting a process takes longer there.
      world.long ? 5 : 8,
      ' s',
    ),
  ];
}

/** Looks at the age of the heartbeat of a document's page job; resolves to the greatest, seconds. */
function watchHeartbeats({ ctx }: World, documentId: string): () => Promise<number> {
  const stopping = new AbortController();
  let oldest = 0;
  const watching = (async () => {
    while (!stopping.signal.aborted) {
      const { rows } = await ctx.db.execute<{ age: number }>(sql`
        select extract(epoch from now() - coalesce(heartbeat_on, started_on))::float8 as age
        from pgboss.job where name = 'page.recognize' and state = 'active'
          and data->>'documentId' = ${documentId}`);
      oldest = Math.max(oldest, rows[0]?.age ?? 0);
      await sleep(200);
    }
  })();
  return async () => {
    stopping.abort();
    await watching;
    return oldest;
  };
}
