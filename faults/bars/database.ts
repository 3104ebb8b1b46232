import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import { cancelDocument } from '#server/documents/cancel.ts';
import { clientOf, keepAsking } from '../harness/api.ts';
import { readAttempts, repeats } from '../harness/attempts.ts';
import { atLeast, atMost, type Bar, exactly, holds, type World } from '../harness/bar.ts';
import { against, standardLoad, undisturbedSeconds, warmUp } from '../harness/baseline.ts';
import { startCrew } from '../harness/crew.ts';
import { kill } from '../harness/installation.ts';
import { checkInvariants, watchProgress } from '../harness/invariants.ts';
import { submit, textLoad, until, untilEnded, untilRead, upload } from '../harness/load.ts';
import type { Moment } from '../harness/wire.ts';

export const restartedPostgres: Bar = {
  id: 'R7',
  title: 'Postgres restarted at once, three times',
  async run(world) {
    const { ctx, env } = world;
    const load = await standardLoad(world);
    const undisturbed = world.long ? await undisturbedSeconds(world, load) : undefined;
    const web = await world.startWeb();
    const crew = await startCrew(world, 2);
    await warmUp(world);
    const startedAt = Date.now();
    const documentId = await submit(ctx, load.bytes);
    const stopWatching = watchProgress(ctx, documentId);
    const stopAsking = keepAsking(web, env);
    let down = 0;
    for (const share of [0.1, 0.4, 0.7]) {
      const pages = Math.ceil(load.pageCount * share);
      await until(ctx, documentId, (row) => row.pagesCompleted >= pages);
      down += await restartPostgres(world);
    }
    await untilRead(ctx, documentId, load);
    const wall = (Date.now() - startedAt) / 1000;
    const answers = await stopAsking();
    const twice = repeats(await readAttempts(ctx, documentId));
    world.log(`answers ${JSON.stringify([...answers.statuses])}, down ${down.toFixed(1)} s in all`);
    const wrong = [...(await stopWatching()), ...(await checkInvariants(ctx, documentId, load))];
    const ends = crew.ends();
    await crew.dismiss();
    const other = [...answers.statuses.keys()].filter((status) => ![200, 503].includes(status));
    kill(web.pid, 'SIGTERM');
    return [
      ...against('wall time, T0 + downtime + 3 × 15', wall, undisturbed, (seconds) =>
        Math.round(seconds + down + 45),
      ),
      exactly('processes that ended', ends + (await endedAlready(web.exited)), 0),
      exactly('answers other than 200 and 503', other.join(' ') || 'none', 'none'),
      exactly('answers 503 without Retry-After', answers.withoutRetryAfter, 0),
      atMost('pages begun twice', twice, 6),
      holds(wrong),
    ];
  },
};

const endedAlready = (exited: Promise<unknown>) =>
  Promise.race([exited.then(() => 1), sleep(0, 0)]);

/** `pg_ctl restart -m immediate`; resolves to the seconds until it answers again. */
async function restartPostgres({ postgres, databaseUrl }: World): Promise<number> {
  const startedAt = Date.now();
  kill(postgres.pid, 'SIGQUIT');
  await sleep(300);
  for (;;) {
    const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    const up = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    if (up) return (Date.now() - startedAt) / 1000;
    await sleep(100);
  }
}

export const cutConnections: Bar = {
  id: 'R8',
  title: 'connections cut around their COMMIT',
  async run(world) {
    const { ctx, env, wires, long } = world;
    const wanted = long ? 50 : 15;
    const load = await textLoad(2);
    const web = await world.startWeb();
    await world.startWorker();
    const client = clientOf(web, env);
    let cuts = 0;
    const documents: string[] = [];
    while (cuts < wanted && documents.length < 3 * wanted) {
      const documentId = await upload(ctx, load.bytes);
      documents.push(documentId);
      let left = 1 + Math.floor(Math.random() * 3);
      wires.database.cutWhen((sent) => {
        if (!/commit/i.test(sent.toString('latin1')) || --left !== 0) return undefined;
        cuts += 1;
        return (['before', 'after'] satisfies Moment[])[cuts % 2];
      });
      await insist(() => client.documents.finalize.mutate({ documentId }));
    }
    wires.database.cutWhen(undefined);
    const wrong: string[] = [];
    for (const documentId of documents) await untilEnded(ctx, documentId, 120_000);
    for (const documentId of documents) {
      wrong.push(...(await checkInvariants(ctx, documentId, load)));
    }
    kill(web.pid, 'SIGTERM');
    return [
      atLeast('cuts made', cuts, wanted),
      exactly('documents queued twice', await countTwice(world, documents), 0),
      holds(wrong),
    ];
  },
};

async function insist<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      if (tries > 50) throw error;
      await sleep(100);
    }
  }
}

/** Documents with more than one job of a kind, in whatever state. */
async function countTwice({ ctx }: World, documents: string[]): Promise<number> {
  const { rows } = await ctx.db.execute<{ count: number }>(sql`
    select count(*)::int as count from (
      select data->>'documentId', name, coalesce(data->>'pageId', '') from pgboss.job
      where data->>'documentId' in ${documents}
        and name in ('document.inspect', 'document.assemble', 'page.recognize')
      group by 1, 2, 3 having count(*) > 1) as twice`);
  return rows[0]?.count ?? 0;
}

export const halfOpenListener: Bar = {
  id: 'R9',
  title: 'connections half-open, without a word',
  longOnly: true,
  async run(world) {
    const { ctx, env, wires } = world;
    const load = await textLoad(1);
    const web = await world.startWeb();
    const client = clientOf(web, env);
    const documentId = await submit(ctx, load.bytes);
    const seen: { status: string; at: number }[] = [];
    const watching = client.live.watch.subscribe(
      { documentId },
      {
        onData: ({ data }) => {
          if (data.kind === 'document') {
            seen.push({ status: data.document.status, at: Date.now() });
          }
        },
      },
    );
    await waitFor(() => seen.length > 0, 20_000);
    const frozen = wires.database.freeze();
    const startedAt = Date.now();
    await cancelDocument({ ctx, input: { documentId } });
    await waitFor(() => seen.some(({ status }) => status === 'canceled'), 90_000);
    const told = seen.find(({ status }) => status === 'canceled')?.at ?? Number.POSITIVE_INFINITY;
    const asked = Date.now();
    await insist(() => client.documents.list.query({}));
    watching.unsubscribe();
    kill(web.pid, 'SIGTERM');
    return [
      exactly('connections frozen', frozen > 0, true),
      atMost('a viewer knows the truth after', (told - startedAt) / 1000, 35, ' s'),
      atMost('then a request is answered after', (Date.now() - asked) / 1000, 5, ' s'),
    ];
  },
};

async function waitFor(condition: () => boolean, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!condition() && Date.now() < deadline) await sleep(50);
}
