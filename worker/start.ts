import { hostname } from 'node:os';
import { PgBoss } from 'pg-boss';
import { CONNECTION_LIMITS, openDatabase } from '#db/client.ts';
import type { Env } from '#server/env.ts';
import { JOB_NAMES, type JobName } from '#server/jobs/catalog.ts';
import { createJobQueue } from '#server/jobs/queue.ts';
import { JOB_SCHEMA } from '#server/jobs/schema-name.ts';
import { createAnnouncer } from '#server/live/announce.ts';
import type { Logger } from '#server/logger.ts';
import { createStorage } from '#server/storage/client.ts';
import { tellReady } from '#server/supervised.ts';
import { bindHandler } from './bind.ts';
import { Releasers, stopOnSignals } from './lifecycle.ts';
import { restartLostJobs } from './lost-jobs.ts';
import type { WorkerServices } from './services.ts';
import { slotsOf } from './slots.ts';
import { createSourceCache } from './source-cache.ts';
import { removeAbandonedFolders } from './temporary.ts';
import { createTurns } from './turns.ts';
import { visionSettings } from './vision/settings.ts';

const SOURCE_CACHE_BYTES = 4 * 1024 ** 3;
/** Seconds between looks for jobs whose worker has gone silent. */
const SUPERVISE_SECONDS = 3;
const SWEEP_SECONDS = 30;
/** Taken last: a worker that dies while its page processes start holds no page, which would use up a try of it. */
const READING = 'page.recognize';

export type PagePools = Pick<WorkerServices, 'pages' | 'light'>;

/** Takes jobs with what reads pages, until the process is told to stop. */
export async function startWorker(
  { env, logger }: { env: Env; logger: Logger },
  openPools: () => Promise<PagePools>,
): Promise<void> {
  const releasers = new Releasers();
  const [stopping, draining] = [new AbortController(), new AbortController()];
  stopOnSignals({ releasers, stopping, draining, logger });
  const onError = (error: Error) => logger.error({ err: error }, 'the database failed');
  const database = openDatabase({ url: env.DATABASE_URL, max: env.DATABASE_POOL, onError });
  releasers.add('database', database.close);
  const announcer = createAnnouncer({ db: database.db, logger });
  releasers.add('announcements', announcer.close);

  const boss = new PgBoss({
    ...CONNECTION_LIMITS,
    connectionString: env.DATABASE_URL,
    schema: JOB_SCHEMA,
    max: env.WORKER_PAGE_PROCESSES + 7,
    migrate: false,
    useListenNotify: true,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
  });
  boss.on('error', onError);
  await boss.start();

  const storage = createStorage(env);
  await removeAbandonedFolders();
  const sources = await createSourceCache({ storage, maxBytes: SOURCE_CACHE_BYTES });
  releasers.add('sources', sources.close);
  const pools = await openPools();
  releasers.add('page processes', () => Promise.all([pools.pages.close(), pools.light.close()]));
  const services: WorkerServices = {
    ctx: { env, db: database.db, jobs: createJobQueue(boss), storage, announcer, logger },
    worker: `${hostname()}:${process.pid}`,
    ...pools,
    turns: createTurns(pools.pages.size, stopping.signal),
    sources,
    vision: await openVision(env),
    stopping: stopping.signal,
    draining: draining.signal,
  };
  releasers.add('jobs', () => boss.stop({ graceful: true, timeout: 22_000 }));

  const bind = (name: JobName) =>
    bindHandler(boss, services, name, slotsOf(name, services.pages.size, env));
  for (const name of JOB_NAMES) if (name !== READING) await bind(name);
  await pools.pages.ready();
  if (stopping.signal.aborted) return;
  await bind(READING);
  const sweep = setInterval(() => requestSweep(services), SWEEP_SECONDS * 1000);
  releasers.add('sweep', () => clearInterval(sweep));
  const lost = setInterval(() => {
    restartLostJobs(database.db, boss).catch(onError);
  }, SUPERVISE_SECONDS * 1000);
  releasers.add('lost jobs', () => clearInterval(lost));
  logger.info({ pages: services.pages.size, worker: services.worker }, 'worker ready');
  tellReady();
}

/** Most workers have no endpoint, and need not load its client. */
async function openVision(env: Env) {
  const settings = visionSettings(env);
  if (!settings) return undefined;
  const { createVisionEndpoint } = await import('./vision/endpoint.ts');
  return createVisionEndpoint(settings);
}

function requestSweep({ ctx }: WorkerServices): void {
  ctx.jobs
    .enqueue(ctx.db, 'sweep', {}, { singletonSeconds: SWEEP_SECONDS })
    .catch((error: unknown) => ctx.logger.warn({ err: error }, 'no sweep could be asked for'));
}
