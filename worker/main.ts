import { hostname } from 'node:os';
import { join } from 'node:path';
import { PgBoss } from 'pg-boss';
import { CONNECTION_LIMITS, openDatabase } from '#db/client.ts';
import { documentOptionsSchema } from '#server/documents/schemas.ts';
import { findNativeTesseract } from '#server/engines/list.ts';
import { type Env, getEnv } from '#server/env.ts';
import { JOB_NAMES } from '#server/jobs/catalog.ts';
import { createJobQueue } from '#server/jobs/queue.ts';
import { JOB_SCHEMA } from '#server/jobs/schema-name.ts';
import { createLogger, type Logger } from '#server/logger.ts';
import { createStorage } from '#server/storage/client.ts';
import { bindHandler } from './bind.ts';
import { Releasers, stopOnSignals } from './lifecycle.ts';
import { restartLostJobs } from './lost-jobs.ts';
import { prepareTessdata } from './ocr/tessdata.ts';
import { createPagePool } from './page/pool.ts';
import type { WorkerServices } from './services.ts';
import { slotsOf } from './slots.ts';
import { createSourceCache } from './source-cache.ts';
import { removeAbandonedFolders } from './temporary.ts';
import { createVisionEndpoint, visionSettings } from './vision/endpoint.ts';

const SOURCE_CACHE_BYTES = 4 * 1024 ** 3;
/** Tasks after which a page process is replaced. */
const MAX_TASKS = 200;
/** Seconds between looks for jobs whose worker has gone silent. */
const SUPERVISE_SECONDS = 3;
const SWEEP_SECONDS = 30;

const env = getEnv();
const logger = createLogger({ name: 'worker', level: env.LOG_LEVEL });
const releasers = new Releasers();
const draining = new AbortController();
stopOnSignals({ releasers, draining, logger });
await start(env, logger);

async function start(env: Env, logger: Logger): Promise<void> {
  const onError = (error: Error) => logger.error({ err: error }, 'the database failed');
  const database = openDatabase({ url: env.DATABASE_URL, max: env.DATABASE_POOL, onError });
  releasers.add('database', database.close);

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
  const services: WorkerServices = {
    ctx: { env, db: database.db, jobs: createJobQueue(boss), storage, logger },
    worker: `${hostname()}:${process.pid}`,
    ...(await openPagePools(env, logger)),
    sources,
    vision: openVision(env),
    draining: draining.signal,
  };
  releasers.add('jobs', () => boss.stop({ graceful: true, timeout: 22_000 }));

  for (const name of JOB_NAMES) {
    await bindHandler(boss, services, name, slotsOf(name, services.pages.size, env));
  }
  const sweep = setInterval(() => requestSweep(services), SWEEP_SECONDS * 1000);
  releasers.add('sweep', () => clearInterval(sweep));
  const lost = setInterval(() => {
    restartLostJobs(database.db, boss).catch(onError);
  }, SUPERVISE_SECONDS * 1000);
  releasers.add('lost jobs', () => clearInterval(lost));
  logger.info({ pages: services.pages.size, worker: services.worker }, 'worker ready');
}

async function openPagePools(env: Env, logger: Logger) {
  const tessdata = await prepareTessdata({
    cacheDir: join(env.FANFOLD_DATA, 'tessdata'),
    ...(env.TESSDATA_DIR && { extraDir: env.TESSDATA_DIR }),
  });
  const options = {
    timeoutMs: env.PAGE_TIMEOUT_MS,
    maxRssBytes: env.PAGE_MEMORY_MB * 1024 ** 2,
    maxTasks: MAX_TASKS,
    tessdataPath: tessdata.path,
    nativePath: (await findNativeTesseract(env.TESSERACT_PATH))?.path,
    visionPixels: visionSettings(env) && env.FANFOLD_VISION_PIXELS,
    nullMs: env.FANFOLD_NULL_ENGINE_MS,
  };
  const size = env.WORKER_PAGE_PROCESSES;
  const warm = { startAhead: size, warmLanguages: documentOptionsSchema.parse({}).languages };
  const pages = createPagePool({ ...options, ...warm, size }, { logger });
  // Two: a long document that is folded leaves one to open files and draw previews.
  const light = createPagePool({ ...options, startAhead: 1, size: 2 }, { logger });
  releasers.add('page processes', () => Promise.all([pages.close(), light.close()]));
  return { pages, light };
}

function openVision(env: Env) {
  const settings = visionSettings(env);
  return settings && createVisionEndpoint(settings);
}

function requestSweep({ ctx }: WorkerServices): void {
  ctx.jobs
    .enqueue(ctx.db, 'sweep', {}, { singletonSeconds: SWEEP_SECONDS })
    .catch((error: unknown) => ctx.logger.warn({ err: error }, 'no sweep could be asked for'));
}
