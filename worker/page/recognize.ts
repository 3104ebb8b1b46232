import { prepareImagePage } from '#worker/image/page.ts';
import type { LanguageMemory } from '#worker/languages/memory.ts';
import { readInItsLanguages } from '#worker/languages/read.ts';
import { Budget } from '#worker/ocr/budget.ts';
import type { Engine } from '#worker/ocr/engine.ts';
import { preparePdfPage } from '#worker/pdf/page.ts';
import { finishedLayout, readLayout, unreadLayout } from './layouts.ts';
import { limitText } from './limit-text.ts';
import type { PreparedPage } from './prepared.ts';
import { makePreview } from './preview.ts';
import type { Preview, RecognizeResult, RecognizeTask } from './protocol.ts';
import { isBlank } from './raster.ts';

export interface RecognizeDeps {
  engine: Engine;
  /** What the pages before were in. */
  memory: LanguageMemory;
  onProgress: (percent: number) => void;
  onPreview: (preview: Preview) => void;
}

/** Share of a page's time after which nothing is looked at again. */
const LOOKING_SHARE = 0.85;
const TIME_WAS_OVER = 'The time for the page was over before all of it was looked at again.';

/** Percent of the task done when the page is open and drawn, and when it has been read. */
const DRAWN = 20;
const READ = 98;

/** Reads one page: its own text where that is enough, else by the engine. */
export async function recognizePage(
  task: RecognizeTask,
  deps: RecognizeDeps,
): Promise<RecognizeResult> {
  const clock = createClock();
  const budget = new Budget(task.timeLimitMs && LOOKING_SHARE * task.timeLimitMs);
  deps.onProgress(5);
  const page = await preparePage(task);
  clock.lap('prepare');
  if (page.kind === 'finished') {
    return {
      layout: limitText(finishedLayout(task, page), task.limits),
      preview: null,
      usage: null,
      timings: clock.laps,
    };
  }
  deps.onProgress(DRAWN);
  const preview = await makePreview(page.raster);
  deps.onPreview(preview);
  clock.lap('preview');
  const { toRead } = page;
  const reading =
    toRead === null || isBlank(toRead)
      ? undefined
      : await readInItsLanguages(toRead, page.native.length > 0, deps.engine, deps.memory, {
          languages: task.languages,
          candidates: task.candidates,
          ...task.options,
          budget,
          onProgress: (share) => deps.onProgress(DRAWN + share * (READ - DRAWN)),
        });
  clock.lap('recognize');
  const refined = reading && (await deps.engine.refine?.(reading.raster, reading.blocks));
  if (reading && refined) {
    reading.blocks = refined.blocks;
    clock.lap('refine');
  }
  if (budget.exceeded) page.warnings.push(TIME_WAS_OVER);
  const layout = reading ? readLayout(task, page, reading, deps.engine) : unreadLayout(task, page);
  return {
    layout: limitText(layout, task.limits),
    preview: layout.rotation === 0 ? preview : await makePreview(page.raster, layout.rotation),
    usage: refined?.usage ?? null,
    timings: clock.laps,
  };
}

function createClock() {
  const laps: Record<string, number> = {};
  let last = performance.now();
  return {
    laps,
    lap(name: string) {
      const now = performance.now();
      laps[name] = Math.round(now - last);
      last = now;
    },
  };
}

function preparePage(task: RecognizeTask): Promise<PreparedPage> {
  return task.source.type === 'application/pdf' ? preparePdfPage(task) : prepareImagePage(task);
}
