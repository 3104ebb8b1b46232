import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { eq, sql } from 'drizzle-orm';
import { Client } from 'pg';
import { max, quantile, sum } from 'simple-statistics';
import { pages } from '#db/schema/index.ts';
import { CHANGE_CHANNEL } from '#server/live/change.ts';
import type { HeldPage } from '#server/pages/complete.ts';
import { processingDocument } from '#server/testing/harness.ts';
import { atLeast, atMost, type Bar, type Finding } from '../harness/bar.ts';
import { environmentOf, type Installation, startInstallation } from '../harness/installation.ts';

export interface StormOrder {
  env: Record<string, string>;
  pages: HeldPage[];
  writers: number;
  perSecond: number;
  announces: boolean;
}

interface Storm {
  /** Of each page's transaction. */
  milliseconds: number[];
  perSecond: number;
}

const PROGRAM = fileURLToPath(new URL('./storm-writer.ts', import.meta.url));
const PROCESSES = 2;
const WRITERS = 50;
const PER_SECOND = 200;
const DOCUMENTS = 4;
/** Seconds of pages at the wanted rate that tell what the machine can do; the first ones are slow, programs start cold. */
const TRIAL = { long: 20, short: 2 };
/** Of what the machine can do. */
const SHARE = 0.7;
/** Commits wait for the disk, as those of an installation do. */
const DURABLE = ['max_connections=200'];

export const notifyStorm: Bar = {
  id: 'L3',
  title: '50 writers end pages, 200 a second',
  async run({ long, log }) {
    const installation = await startInstallation(DURABLE);
    try {
      const seconds = long ? 60 : 3;
      const wanted = long ? PER_SECOND : 50;
      // Whoever asks for more than the machine has measures how long pages wait, not how long commits take.
      const trial = wanted * (long ? TRIAL.long : TRIAL.short);
      const most = await storm(installation, { count: trial, perSecond: 10_000 });
      const perSecond = Math.min(wanted, SHARE * most.perSecond);
      log(`${perSecond.toFixed(0)} pages/s of ${most.perSecond.toFixed(0)} at most`);
      const rounds = long ? 3 : 1;
      const paced = { count: Math.round((seconds / rounds) * perSecond), perSecond };
      const { announced, without, heard } = await inTurn(installation, paced, rounds);
      const counted: Finding[] = [
        atLeast('notifications', sum(heard.map(({ count }) => count)), seconds),
        atMost('notifications of one document in a second', max(heard.map(({ most }) => most)), 10),
        atMost(
          'use of the notification queue',
          max(heard.map(({ queueUsage }) => queueUsage)) * 100,
          1,
          ' %',
        ),
      ];
      if (!long) return counted;
      const [p95, base] = [p95Of(announced), p95Of(without)];
      log(`commit p95 ${p95.toFixed(1)} ms, without notifications ${base.toFixed(1)} ms`);
      const slowest = Math.min(...announced.map((one) => one.perSecond));
      return [
        atLeast('pages ended a second', slowest, PER_SECOND * 0.95),
        ...counted,
        atMost('commit, p95 over that without notifications', p95 / base, 1.5),
      ];
    } finally {
      await installation.close();
    }
  },
};

/** With notifications and without, so that what else the machine does is done to both. */
async function inTurn(
  installation: Installation,
  paced: { count: number; perSecond: number },
  rounds: number,
) {
  const announced: Storm[] = [];
  const without: Storm[] = [];
  const heard: Heard[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const ear = await listenIn(installation);
    announced.push(await storm(installation, paced));
    heard.push(await ear.stop());
    if (rounds > 1) without.push(await storm(installation, { ...paced, announces: false }));
  }
  return { announced, without, heard };
}

const p95Of = (storms: Storm[]) =>
  quantile(
    storms.flatMap(({ milliseconds }) => milliseconds),
    0.95,
  );

async function storm(
  installation: Installation,
  pace: { count: number; perSecond: number; announces?: boolean },
): Promise<Storm> {
  const { count, perSecond, announces = true } = pace;
  const held = await holdPages(installation, count);
  const env = environmentOf({ ...installation.env, DATABASE_URL: installation.databaseUrl });
  const runs = Array.from({ length: PROCESSES }, async (_, process) => {
    const child = fork(PROGRAM, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const order: StormOrder = {
      env,
      pages: held.filter((_, index) => index % PROCESSES === process),
      writers: WRITERS / PROCESSES,
      perSecond: perSecond / PROCESSES,
      announces,
    };
    child.send(order);
    const [answer] = await once(child, 'message');
    child.disconnect();
    return answer as { milliseconds: number[]; seconds: number };
  });
  const answers = await Promise.all(runs);
  const took = Math.max(...answers.map((answer) => answer.seconds));
  return {
    milliseconds: answers.flatMap((answer) => answer.milliseconds),
    perSecond: held.length / took,
  };
}

/** Pages of a few documents in turn, each held by an attempt, so that it can be ended. */
async function holdPages({ ctx }: Installation, count: number): Promise<HeldPage[]> {
  const held: HeldPage[][] = [];
  for (let made = 0; made < DOCUMENTS; made += 1) {
    // One page is left, so that the documents stay as they are.
    const { documentId } = await processingDocument(ctx, Math.ceil(count / DOCUMENTS) + 1);
    const rows = await ctx.db
      .update(pages)
      .set({ status: 'processing', attemptToken: sql`gen_random_uuid()` })
      .where(eq(pages.documentId, documentId))
      .returning({ pageId: pages.id, page: pages.number, token: pages.attemptToken });
    const open = rows.slice(1).map(({ pageId, page, token }) => ({
      documentId,
      pageId,
      page,
      token: token ?? '',
    }));
    held.push(open);
  }
  const longest = Math.max(...held.map((list) => list.length));
  return Array.from({ length: longest }, (_, index) =>
    held.flatMap((list) => list.slice(index, index + 1)),
  ).flat();
}

interface Heard {
  count: number;
  /** Of one document in a second. */
  most: number;
  /** Share of its size, 0 to 1. */
  queueUsage: number;
}

async function listenIn({ databaseUrl }: Installation): Promise<{ stop: () => Promise<Heard> }> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  client.on('error', () => undefined);
  const heard = new Map<string, number>();
  client.on('notification', ({ payload = '' }) => {
    heard.set(payload, (heard.get(payload) ?? 0) + 1);
  });
  const begun = performance.now();
  await client.query(`listen ${CHANGE_CHANNEL}`);
  let queueUsage = 0;
  const sampler = setInterval(async () => {
    const { rows } = await client.query('select pg_notification_queue_usage() as usage');
    queueUsage = Math.max(queueUsage, rows[0]?.usage ?? 0);
  }, 500);
  return {
    async stop() {
      clearInterval(sampler);
      await client.end();
      const seconds = (performance.now() - begun) / 1_000;
      const counts = [...heard.values()];
      return { count: sum(counts), most: max(counts) / seconds, queueUsage };
    },
  };
}
