import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { documentOptionsSchema } from '#server/documents/schemas.ts';
import { findNativeTesseract } from '#server/engines/list.ts';
import { getEnv } from '#server/env.ts';
import { createLogger } from '#server/logger.ts';
import { prepareTessdata } from './ocr/tessdata.ts';
import { createPagePool } from './page/pool.ts';
import { type PagePools, startWorker } from './start.ts';
import { visionSettings } from './vision/settings.ts';

/** Tasks after which a page process is replaced. */
const MAX_TASKS = 200;
/** By which those that read give way to the queue, the database and the web on the same machine. */
const NICENESS = 5;

const env = getEnv();
const logger = createLogger({ name: 'worker', level: env.LOG_LEVEL });
await startWorker({ env, logger }, openPagePools);
// One that is killed would leave nothing to the next.
flushCompileCache();

async function openPagePools(): Promise<PagePools> {
  const tessdata = await prepareTessdata({
    cacheDir: join(env.FANFOLD_DATA, 'tessdata'),
    ...(env.TESSDATA_DIR && { extraDir: env.TESSDATA_DIR }),
  });
  const options = {
    timeoutMs: env.PAGE_TIMEOUT_MS,
    maxRssBytes: env.PAGE_MEMORY_MB * 1024 ** 2,
    maxTasks: MAX_TASKS,
    tessdataPath: tessdata.path,
    nativeLibrary: (await findNativeTesseract(env.TESSERACT_LIBRARY))?.path,
    visionPixels: visionSettings(env) && env.FANFOLD_VISION_PIXELS,
    nullMs: env.FANFOLD_NULL_ENGINE_MS,
  };
  const size = env.WORKER_PAGE_PROCESSES;
  const { languages } = documentOptionsSchema.parse({});
  const warm = { engine: env.FANFOLD_ENGINE, languages };
  const pages = createPagePool(
    { ...options, warm, startAhead: size, size, niceness: NICENESS },
    { logger },
  );
  // Two: a long document that is folded leaves one to open files and draw previews.
  const light = createPagePool({ ...options, startAhead: 1, size: 2 }, { logger });
  return { pages, light };
}
