import type { JobResult, JobWithMetadata, PgBoss } from 'pg-boss';
import { toFanfoldError } from '#server/errors.ts';
import { JOBS, type JobName, type JobPayload } from '#server/jobs/catalog.ts';
import { retryDatabase } from './database-retry.ts';
import type { Handler } from './handlers/handler.ts';
import { HANDLERS } from './handlers/index.ts';
import { GIVEN_BACK, spareTry } from './lost-jobs.ts';
import { passOn } from './pass-on.ts';
import type { WorkerServices } from './services.ts';
import type { Slots } from './slots.ts';

/** Seconds between looks at a queue, when notifications arrive and when they do not. */
const POLL_WITH_NOTIFY = 5;
const POLL = 1;

/** Starts the takers of a job; each takes the next as soon as its last has ended. */
export async function bindHandler<K extends JobName>(
  boss: PgBoss,
  services: WorkerServices,
  name: K,
  slots: Slots,
): Promise<void> {
  for (let slot = 0; slot < slots.count; slot += 1) {
    await bindSlot(boss, services, name, slots.groups);
  }
}

async function bindSlot<K extends JobName>(
  boss: PgBoss,
  services: WorkerServices,
  name: K,
  groups: Slots['groups'],
): Promise<void> {
  const options = {
    ...groups,
    batchSize: 1,
    includeMetadata: true,
    perJobResults: true,
    pollingIntervalSeconds: POLL,
    notifyPollingIntervalSeconds: POLL_WITH_NOTIFY,
  } as const;
  let taker: string | undefined;
  taker = await boss.work<JobPayload<K>, unknown, typeof options>(name, options, async ([job]) => {
    if (!job) return [];
    const result = await settle(services, name, job);
    // pg-boss would wait out its polling interval after every job, with the queue full.
    if (taker) boss.notifyWorker(taker);
    return [result];
  });
}

async function settle<K extends JobName>(
  services: WorkerServices,
  name: K,
  job: JobWithMetadata<JobPayload<K>>,
): Promise<JobResult> {
  const handler: Handler<K> = HANDLERS[name];
  const last = job.retryCount >= job.retryLimit;
  const over = new AbortController();
  const stopPassingOn = passOn([job.signal, services.draining], over);
  try {
    const payload = JOBS[name].payload.parse(job.data) as JobPayload<K>;
    await handler(services, { payload, signal: over.signal, last });
    return { id: job.id, status: 'completed' };
  } catch (error) {
    const notBegun = services.stopping.aborted && error === services.stopping.reason;
    if (notBegun || services.draining.aborted) return giveBack(services, name, job.id);
    const {
      name: kind,
      message,
      stack,
    } = error instanceof Error ? error : new Error(String(error));
    services.ctx.logger.error({ err: error, job: job.id, queue: name, last }, 'a job failed');
    const { code } = toFanfoldError(error);
    return { id: job.id, status: 'failed', output: { name: kind, code, message, stack } };
  } finally {
    stopPassingOn();
  }
}

async function giveBack(services: WorkerServices, name: JobName, id: string): Promise<JobResult> {
  await retryDatabase(() => spareTry(services.ctx.db, name, id));
  return { id, status: 'failed', output: { message: GIVEN_BACK } };
}
