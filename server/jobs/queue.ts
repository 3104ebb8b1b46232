import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { fromDrizzle, PgBoss } from 'pg-boss';
import { CONNECTION_LIMITS, type Executor } from '#db/client.ts';
import {
  DEAD_LETTER_QUEUE,
  JOB_NAMES,
  JOBS,
  type JobName,
  type JobPayload,
  SCHEDULES,
} from './catalog.ts';
import { JOB_SCHEMA } from './schema-name.ts';

export interface EnqueueOptions {
  id?: string;
  /** Seconds to wait, or the time to start at. */
  startAfter?: number | Date;
  priority?: number;
  /** What its queue counts it with where it limits how many of one group run at once. */
  group?: { id: string };
  /** What the queue's policy counts jobs by. */
  singletonKey?: string;
  /** At most one job of this queue in each slot of so many seconds. */
  singletonSeconds?: number;
}

/** Puts jobs into the transaction that changes the state they follow from. */
export interface JobQueue {
  /** Returns the job's id. */
  enqueue<K extends JobName>(
    db: Executor,
    name: K,
    payload: JobPayload<K>,
    options?: EnqueueOptions,
  ): Promise<string>;
  enqueueAll<K extends JobName>(db: Executor, name: K, jobs: QueuedJob<K>[]): Promise<void>;
  /** Lets a job that waits for its time start at once. */
  startNow(db: Executor, name: JobName, id: string): Promise<void>;
  /** The next time of a cron expression after `from`, by the clock of an IANA time zone. */
  nextTime(cron: string, timeZone: string, from: Date): Date;
}

export interface QueuedJob<K extends JobName> {
  id: string;
  payload: JobPayload<K>;
  priority?: number;
  group?: { id: string };
  /** At most one job with the key in each slot of so many seconds; a further one is dropped. */
  singletonKey?: string;
  singletonSeconds?: number;
}

const INSERT_CHUNK = 1_000;

export function createJobQueue(boss: PgBoss): JobQueue {
  return {
    async enqueue(db, name, payload, options = {}) {
      const id = options.id ?? randomUUID();
      await boss.send(name, payload, { ...options, id, db: fromDrizzle(db, sql) });
      return id;
    },
    async enqueueAll(db, name, jobs) {
      for (let start = 0; start < jobs.length; start += INSERT_CHUNK) {
        const chunk = jobs.slice(start, start + INSERT_CHUNK);
        await boss.insert(
          name,
          chunk.map(({ payload, ...job }) => ({ ...job, data: payload })),
          { db: fromDrizzle(db, sql) },
        );
      }
    },
    async startNow(db, name, id) {
      await boss.update(name, undefined, { id, startAfter: 0, db: fromDrizzle(db, sql) });
    },
    nextTime(cron, timeZone, from) {
      const [next] = boss.previewSchedule(cron, { tz: timeZone, from, count: 1 });
      if (!next) throw new Error(`${cron} has no next time`);
      return next;
    },
  };
}

/** A client that enqueues only: it neither supervises queues nor works on them. */
export function createSender(url: string, onError: (error: Error) => void): PgBoss {
  const boss = new PgBoss({
    ...CONNECTION_LIMITS,
    connectionString: url,
    schema: JOB_SCHEMA,
    max: 2,
    migrate: false,
    supervise: false,
    schedule: false,
  });
  boss.on('error', onError);
  return boss;
}

/** Creates or updates pg-boss's schema and every queue of the catalog. */
export async function installQueues(url: string, onError: (error: Error) => void): Promise<void> {
  const boss = new PgBoss({
    connectionString: url,
    schema: JOB_SCHEMA,
    max: 2,
    supervise: false,
    schedule: false,
  });
  boss.on('error', onError);
  await boss.start();
  try {
    await boss.createQueue(DEAD_LETTER_QUEUE, { retentionSeconds: 90 * 24 * 3600 });
    for (const name of JOB_NAMES) {
      const { policy, ...settings } = JOBS[name].queue as (typeof JOBS)['sweep']['queue'];
      await boss.createQueue(name, { ...settings, ...(policy && { policy }) });
      await boss.updateQueue(name, settings);
    }
    for (const [name, cron] of Object.entries(SCHEDULES)) await boss.schedule(name, cron, {});
  } finally {
    await boss.stop({ graceful: false });
  }
}
