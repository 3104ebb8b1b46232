import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { PgBoss } from 'pg-boss';
import { readCorpus } from '#fixtures/corpus.ts';
import { endlessPdf, textPdf } from '#fixtures/pdf.ts';
import { DEAD_LETTER_QUEUE } from '#server/jobs/catalog.ts';
import { JOB_SCHEMA } from '#server/jobs/schema-name.ts';
import { readAttempts, untilReading } from '../harness/attempts.ts';
import {
  atMost,
  type Bar,
  exactly,
  type Finding,
  holds,
  Skipped,
  type World,
} from '../harness/bar.ts';
import { kill } from '../harness/installation.ts';
import { checkInvariants } from '../harness/invariants.ts';
import { corpusFile, corpusLoad, readDocument, submit, untilEnded } from '../harness/load.ts';
import { childrenOf } from '../harness/processes.ts';

export const crashLoop: Bar = {
  id: 'R18',
  title: 'a page that kills its process each time (and R15: the pauses between)',
  longOnly: true,
  async run(world) {
    const { ctx } = world;
    const worker = await world.startWorker();
    const pid = worker.child.pid as number;
    const documentId = await submit(ctx, Buffer.from(await endlessPdf()));
    const killer = new AbortController();
    const killing = killPageProcesses(world, documentId, pid, killer.signal);
    const row = await untilEnded(ctx, documentId, 120_000);
    killer.abort();
    await killing;
    const attempts = await readAttempts(ctx, documentId);
    const pauses = attempts.slice(1).map((attempt, index) => {
      const before = attempts[index]?.finishedAt?.getTime() ?? 0;
      return (attempt.startedAt.getTime() - before) / 1000;
    });
    const [first = 0, second = 0] = pauses;
    const { rows } = await ctx.db.execute<{ kind: string; stack: string }>(sql`
      select source_output->>'name' as kind, source_output->>'stack' as stack from pgboss.job
      where name = ${DEAD_LETTER_QUEUE} and data->>'documentId' = ${documentId}`);
    return [
      exactly('the document ends with', row.errorCode ?? row.status, 'WORKER_CRASHED'),
      exactly('attempts', attempts.length, 3),
      between('first pause', first, 5, 10),
      between('second pause', second, 10, 20),
      exactly('in the dead letter queue', rows.length, 1),
      exactly('with its stack', (rows[0]?.stack ?? '').includes('WORKER_CRASHED'), true),
    ];
  },
};

/** Picking a job up may take as long as the look at the queue that follows its being due. */
const PICK_UP = 5;

const between = (what: string, figure: number, from: number, to: number): Finding => ({
  what,
  figure: `${figure.toFixed(1)} s`,
  limit: `${from}–${to} s, picked up within ${PICK_UP} s`,
  ok: figure >= from && figure <= to + PICK_UP,
});

/** Kills the page process of each attempt, a moment after it began. */
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
    for (const child of childrenOf(pid)) kill(child, 'SIGKILL');
    await sleep(1_000);
  }
}

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
    const cleanSeconds = await secondsOf(world, clean.bytes);
    const findings: Finding[] = [];
    for (const [name, page] of Object.entries(POISON)) {
      const load = corpusLoad(name, 20);
      if (!load) continue;
      const startedAt = Date.now();
      const documentId = await submit(ctx, load.bytes);
      const row = await untilEnded(ctx, documentId);
      const over = (Date.now() - startedAt) / 1000 - cleanSeconds;
      const { pagesCompleted, pagesFailed } = await readDocument(ctx, documentId);
      findings.push(
        exactly(`${name}: ends`, row.status, 'partial'),
        exactly(`${name}: pages`, `${pagesCompleted} and ${pagesFailed}`, '19 and 1'),
        atMost(`${name}: longer than the clean one by`, over, 20 + 30, ' s'),
        holds(await checkInvariants(ctx, documentId, load, { failed: [page] })),
      );
    }
    return [...findings, exactly('the worker lives', worker.child.exitCode === null, true)];
  },
};

async function secondsOf({ ctx }: World, bytes: Buffer): Promise<number> {
  const startedAt = Date.now();
  await untilEnded(ctx, await submit(ctx, bytes));
  return (Date.now() - startedAt) / 1000;
}
