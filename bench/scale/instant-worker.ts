/**
 * A worker whose pages are read in the worker itself, by the null engine, without being opened: all
 * of the queue, the database and the object store is real, and nothing else takes processor time.
 */
import { randomBytes } from 'node:crypto';
import { getEnv } from '#server/env.ts';
import { createLogger } from '#server/logger.ts';
import { LAYOUT_VERSION } from '#server/pages/layout.ts';
import { createNullEngine } from '#worker/ocr/null.ts';
import { makePreview } from '#worker/page/preview.ts';
import type {
  PagePool,
  PageResults,
  PageTask,
  RecognizeTask,
  TaskOptions,
} from '#worker/page/protocol.ts';
import { startWorker } from '#worker/start.ts';

/** A5 at 150 dpi. */
const [WIDTH, HEIGHT] = [874, 1240];
/** Bytes; noise does not get smaller as a JPEG, so a band of it makes a picture of a usual size. */
const NOISE = 60_000;

const env = getEnv();
const logger = createLogger({ name: 'worker', level: env.LOG_LEVEL });
const data = new Uint8Array(WIDTH * HEIGHT).fill(255);
data.set(randomBytes(NOISE));
const raster = { data, width: WIDTH, height: HEIGHT, dpi: 150 };
const preview = await makePreview({ gray: raster, color: null });
const engine = createNullEngine({ milliseconds: env.FANFOLD_NULL_ENGINE_MS ?? 0 });
await startWorker({ env, logger }, async () => ({
  pages: instantPool(env.WORKER_PAGE_PROCESSES),
  light: instantPool(1),
}));

function instantPool(size: number): PagePool {
  return {
    size,
    async run<T extends PageTask>(task: T, options: TaskOptions) {
      if (task.kind !== 'recognize') throw new Error(`nothing here can ${task.kind}`);
      return (await read(task, options)) as PageResults[T['kind']];
    },
    ready: async () => {},
    close: async () => {},
  };
}

async function read(
  { page, languages, options }: RecognizeTask,
  { onPreview }: TaskOptions,
): Promise<PageResults['recognize']> {
  onPreview?.(preview);
  const { blocks } = await engine.recognize(raster, {
    languages,
    segmentation: options.segmentation,
  });
  const layout: PageResults['recognize']['layout'] = {
    version: LAYOUT_VERSION,
    page,
    width: WIDTH,
    height: HEIGHT,
    dpi: 150,
    rotation: 0,
    skew: 0,
    preparation: [],
    source: 'ocr',
    reason: 'The page is a scan.',
    engine: { name: engine.name, version: engine.version },
    languages,
    confidence: 95,
    blocks,
    warnings: [],
  };
  return { layout, preview, usage: null, fingerprint: null, timings: {} };
}
