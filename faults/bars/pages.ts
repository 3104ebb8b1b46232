import { sql } from 'drizzle-orm';
import { PgBoss } from 'pg-boss';
import { readCorpus } from '#fixtures/corpus.ts';
import { textPdf } from '#fixtures/pdf.ts';
import { DEAD_LETTER_QUEUE } from '#server/jobs/catalog.ts';
import { JOB_SCHEMA } from '#server/jobs/schema-name.ts';
import {
  atMost,
  type Bar,
  exactly,
  type Finding,
  holds,
  Skipped,
  type World,
} from '../harness/bar.ts';
import { warmUp } from '../harness/baseline.ts';
import { checkInvariants } from '../harness/invariants.ts';
import { corpusFile, corpusLoad, readDocument, submit, untilEnded } from '../harness/load.ts';
import { childrenOf, keepLooking } from '../harness/processes.ts';

export const redrive: Bar = {
  id: 'R15',
  title: 'a hundred dead jobs sent back',
  async run({ databaseUrl, ctx }) {
    const boss = new PgBoss({
      connectionString: databaseUrl,
      schema: JOB_SCHEMA,
      migrate: false,
      supervise: false,
    });
    boss.on('error', () => undefined);
    await boss.start();
    try {
      const jobs = Array.from({ length: 100 }, (_, index) => ({ data: { index }, retryLimit: 0 }));
      await boss.insert('page.preview', jobs);
      const taken = await boss.fetch('page.preview', { batchSize: 100 });
      await boss.fail(
        'page.preview',
        taken.map(({ id }) => id),
        { message: 'on purpose' },
      );
      const dead = await countOpen(ctx, DEAD_LETTER_QUEUE);
      await boss.redrive(DEAD_LETTER_QUEUE, { sourceName: 'page.preview' });
      const back = await countOpen(ctx, 'page.preview');
      await ctx.db.execute(sql`delete from pgboss.job where name = 'page.preview'`);
      return [
        exactly('dead jobs', dead, 100),
        exactly('jobs after they were sent back', back, 100),
        exactly('left in the dead letter queue', await countOpen(ctx, DEAD_LETTER_QUEUE), 0),
      ];
    } finally {
      await boss.stop({ graceful: false });
    }
  },
};

async function countOpen(ctx: World['ctx'], name: string): Promise<number> {
  const { rows } = await ctx.db.execute<{ count: number }>(sql`
    select count(distinct data->>'index')::int as count from pgboss.job
    where name = ${name} and state < 'completed' and data ? 'index'`);
  return rows[0]?.count ?? 0;
}

export const permanentErrors: Bar = {
  id: 'R16',
  title: 'errors that no second try mends',
  async run(world) {
    const { ctx, long } = world;
    await world.startWorker();
    const files: { name: string; bytes: Buffer }[] = [
      { name: 'nothing but a header', bytes: Buffer.from('%PDF-1.4\n%%EOF\n') },
      {
        name: 'protected',
        bytes: Buffer.from(await textPdf({ pages: ['secret'], password: 'open' })),
      },
      ...(long ? brokenFiles() : []),
    ];
    const tries: number[] = [];
    const wrong: string[] = [];
    for (const { name, bytes } of files) {
      const documentId = await submit(ctx, bytes);
      const row = await untilEnded(ctx, documentId);
      if (row.status !== 'failed') wrong.push(`${name} is ${row.status}`);
      tries.push(await triesOf(world, documentId));
    }
    return [
      exactly('files that failed', wrong.join(', ') || 'all', 'all'),
      atMost(`most tries of ${files.length} files`, Math.max(...tries), 1),
    ];
  },
};

function brokenFiles(): { name: string; bytes: Buffer }[] {
  const broken = (readCorpus() ?? []).filter(({ expect, slow }) => expect === 'error' && !slow);
  return broken.flatMap(({ name }) => {
    const bytes = corpusFile(name);
    return bytes && bytes.length > 0 ? [{ name, bytes }] : [];
  });
}

async function triesOf({ ctx }: World, documentId: string): Promise<number> {
  const { rows } = await ctx.db.execute<{ tries: number }>(sql`
    select coalesce(max(retry_count), 0) + 1 as tries from pgboss.job
    where data->>'documentId' = ${documentId}`);
  return Number(rows[0]?.tries ?? 0);
}

const POISON = { 'gen-poison-page7-of-20-bomb.pdf': 7, 'gen-poison-page13-of-20-cpu.pdf': 13 };

export const poison: Bar = {
  id: 'R17',
  title: 'one poisoned page of twenty',
  longOnly: true,
  async run(world) {
    const { ctx } = world;
    const clean = corpusLoad('gen-20pages-scan.pdf', 20);
    if (!clean) throw new Skipped('there is no corpus');
    const worker = await world.startWorker({ PAGE_TIMEOUT_MS: '20000' });
    await warmUp(world);
    const cleanSeconds = await secondsOf(world, clean.bytes);
    const findings: Finding[] = [];
    for (const [name, page] of Object.entries(POISON)) {
      const load = corpusLoad(name, 20);
      if (!load) continue;
      const replaced = countReplaced(worker.child.pid as number);
      const startedAt = Date.now();
      const documentId = await submit(ctx, load.bytes);
      const row = await untilEnded(ctx, documentId);
      const over = (Date.now() - startedAt) / 1000 - cleanSeconds;
      const { pagesCompleted, pagesFailed } = await readDocument(ctx, documentId);
      findings.push(
        exactly(`${name}: ends`, row.status, 'partial'),
        exactly(`${name}: pages`, `${pagesCompleted} and ${pagesFailed}`, '19 and 1'),
        atMost(`${name}: page processes replaced`, replaced(), 3),
        atMost(`${name}: longer than the clean one by`, over, 20 + 30, ' s'),
        holds(await checkInvariants(ctx, documentId, load, { failed: [page] })),
      );
    }
    return [...findings, exactly('the worker lives', worker.child.exitCode === null, true)];
  },
};

/** Counts the child processes that are started from now on. */
function countReplaced(pid: number): () => number {
  const seen = new Set(childrenOf(pid));
  const before = seen.size;
  const stop = keepLooking(() => {
    for (const child of childrenOf(pid)) seen.add(child);
  }, 250);
  return () => {
    stop();
    return seen.size - before;
  };
}

async function secondsOf({ ctx }: World, bytes: Buffer): Promise<number> {
  const startedAt = Date.now();
  await untilEnded(ctx, await submit(ctx, bytes));
  return (Date.now() - startedAt) / 1000;
}
