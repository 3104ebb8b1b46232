import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import type { Context } from '#server/context.ts';
import { watchTree } from '../measure.ts';
import type { Bed } from './bed.ts';

const SAMPLE_MS = 50;
const STATEMENTS = 5;

/** What took the time while something ran. */
export interface Evidence {
  /** Seconds by the clock. */
  wall: number;
  /** Seconds of processor time. */
  cpu: { postgres: number; store: number; workers: number };
  /** Bytes of write-ahead log, and transactions, of the whole database. */
  wal: number;
  transactions: number;
  /** Connections in each state on average, the most first. */
  waits: { what: string; connections: number }[];
  /** The statements that took most, waiting for locks included. */
  statements: { text: string; calls: number; ms: number }[];
}

export async function gather(
  bed: Bed,
  workerPids: number[],
  run: () => Promise<unknown>,
): Promise<Evidence> {
  await bed.ctx.db.execute(sql`select pg_stat_statements_reset()`);
  const before = await written(bed.ctx);
  const trees = [[bed.postgres.pid ?? 0], [bed.store.pid ?? 0], workerPids];
  const watches = trees.map((pids) => pids.map(watchTree));
  const sampler = await startSampler(bed.databaseUrl);
  const begun = performance.now();
  await run();
  const wall = (performance.now() - begun) / 1000;
  const [postgres = 0, store = 0, workers = 0] = watches.map((group) =>
    group.reduce((total, watch) => total + watch.stop().cpu, 0),
  );
  const waits = await sampler.stop();
  const after = await written(bed.ctx);
  return {
    wall,
    cpu: { postgres, store, workers },
    wal: after.wal - before.wal,
    transactions: after.transactions - before.transactions,
    waits,
    statements: await topStatements(bed.ctx),
  };
}

async function written(ctx: Context): Promise<{ wal: number; transactions: number }> {
  const { rows } = await ctx.db.execute<{ wal: number; transactions: number }>(sql`
    select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 as wal,
      (xact_commit + xact_rollback)::float8 as transactions
    from pg_stat_database where datname = current_database()`);
  return rows[0] ?? { wal: 0, transactions: 0 };
}

async function startSampler(connectionString: string) {
  const client = new Client({ connectionString });
  await client.connect();
  const counts = new Map<string, number>();
  let samples = 0;
  let running = true;
  const loop = (async () => {
    while (running) {
      const { rows } = await client.query<{ what: string; count: number }>(ACTIVITY);
      samples += 1;
      for (const { what, count } of rows) counts.set(what, (counts.get(what) ?? 0) + count);
      await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS));
    }
  })();
  return {
    async stop() {
      running = false;
      await loop;
      await client.end();
      return [...counts]
        .map(([what, count]) => ({ what, connections: count / samples }))
        .sort((one, other) => other.connections - one.connections);
    },
  };
}

const ACTIVITY = `
  select case
      when state like 'idle in transaction%' then 'waits for its worker'
      when wait_event is null then 'runs or waits for a core'
      else wait_event_type || ':' || wait_event
    end as what, count(*)::int
  from pg_stat_activity
  where backend_type = 'client backend' and state <> 'idle' and pid <> pg_backend_pid()
  group by 1`;

async function topStatements(ctx: Context): Promise<Evidence['statements']> {
  const { rows } = await ctx.db.execute<Evidence['statements'][number]>(sql`
    select regexp_replace(query, '\\s+', ' ', 'g') as text, calls::int, total_exec_time as ms
    from pg_stat_statements
    where query not like '%pg_stat_%'
    order by total_exec_time desc limit ${STATEMENTS}`);
  return rows;
}
