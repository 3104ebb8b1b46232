import { sql } from 'drizzle-orm';
import type { SystemContext } from '../context.ts';
import { DEAD_LETTER_QUEUE, JOB_NAMES, type JobName } from '../jobs/catalog.ts';
import { JOB_SCHEMA } from '../jobs/schema-name.ts';

/** Minutes of which waits and runs are told. */
const RECENT_MINUTES = 15;

export interface QueueOverview {
  name: JobName;
  /** Jobs that could run now; that wait for their time; that run. */
  ready: number;
  deferred: number;
  active: number;
  /** Of the last 15 minutes. */
  ended: number;
  /** Milliseconds until a job was taken up, and that it took; null where none has ended. */
  waitP50: number | null;
  waitP95: number | null;
  runP50: number | null;
}

export interface Overview {
  queues: QueueOverview[];
  /** Workers that have held a page in the last minutes, with the pages that they hold now. */
  workers: { name: string; pages: number; lastStartedAt: string }[];
  deadLetters: number;
}

/** How the installation stands, from pg-boss's own tables; nothing of it is kept. */
export async function readOverview({ ctx }: { ctx: SystemContext }): Promise<Overview> {
  const [depths, times, workers] = await Promise.all([
    readDepths(ctx),
    readTimes(ctx),
    readWorkers(ctx),
  ]);
  const none = { ready: 0, deferred: 0, active: 0 };
  const idle = { ended: 0, waitP50: null, waitP95: null, runP50: null };
  return {
    queues: JOB_NAMES.map((name) => ({
      name,
      ...(depths.get(name) ?? none),
      ...(times.get(name) ?? idle),
    })),
    workers,
    deadLetters: depths.get(DEAD_LETTER_QUEUE)?.ready ?? 0,
  };
}

const jobs = sql`${sql.identifier(JOB_SCHEMA)}.job`;

type Depths = Pick<QueueOverview, 'ready' | 'deferred' | 'active'>;

async function readDepths(ctx: SystemContext): Promise<Map<string, Depths>> {
  const { rows } = await ctx.db.execute<Depths & { name: string }>(sql`
    select name,
      count(*) filter (where state < 'active' and start_after <= now())::int as ready,
      count(*) filter (where state < 'active' and start_after > now())::int as deferred,
      count(*) filter (where state = 'active')::int as active
    from ${jobs} where state <= 'active' group by name`);
  return new Map(rows.map(({ name, ...depths }) => [name, depths]));
}

type Times = Pick<QueueOverview, 'ended' | 'waitP50' | 'waitP95' | 'runP50'>;

async function readTimes(ctx: SystemContext): Promise<Map<string, Times>> {
  const wait = sql`extract(epoch from started_on - greatest(created_on, start_after)) * 1000`;
  const run = sql`extract(epoch from completed_on - started_on) * 1000`;
  const at = (share: number, value: typeof wait) =>
    sql`round(percentile_cont(${share}::float8) within group (order by ${value}::float8))::float8`;
  const { rows } = await ctx.db.execute<Times & { name: string }>(sql`
    select name, count(*)::int as ended, ${at(0.5, wait)} as "waitP50", ${at(0.95, wait)} as "waitP95",
      ${at(0.5, run)} as "runP50"
    from ${jobs}
    where state = 'completed' and completed_on > now() - make_interval(mins => ${RECENT_MINUTES})
    group by name`);
  return new Map(rows.map(({ name, ...times }) => [name, times]));
}

async function readWorkers(ctx: SystemContext): Promise<Overview['workers']> {
  const { rows } = await ctx.db.execute<{ name: string; pages: number; last: string }>(sql`
    select worker as name, count(*) filter (where outcome = 'running')::int as pages,
      max(started_at) as last
    from attempts
    where started_at > now() - make_interval(mins => ${RECENT_MINUTES}) or outcome = 'running'
    group by worker order by worker`);
  return rows.map(({ name, pages, last }) => ({
    name,
    pages,
    lastStartedAt: new Date(last).toISOString(),
  }));
}
