import { prepareImagePage } from '#worker/image/page.ts';
import type { LanguageMemory } from '#worker/languages/memory.ts';
import { readInItsLanguages } from '#worker/languages/read.ts';
import { Budget } from '#worker/ocr/budget.ts';
import type { Engine } from '#worker/ocr/engine.ts';
import { preparePdfPage } from '#worker/pdf/page.ts';
import { FAINT_MARKS, hasFaintMarks } from './faint.ts';
import { fingerprintOf } from './fingerprint.ts';
import { finishedLayout, readLayout, unreadLayout } from './layouts.ts';
import { limitText } from './limit-text.ts';
import type { DrawnPage, PreparedPage } from './prepared.ts';
import { makePreview } from './preview.ts';
import type { Answers, Preview, RecognizeResult, RecognizeTask } from './protocol.ts';
import { type GrayRaster, isBlank } from './raster.ts';

export interface RecognizeDeps {
  engine: Engine;
  /** What the pages before were in. */
  memory: LanguageMemory;
  /** Knows what was read of pages before, by their fingerprints. */
  recall: Answers['recall'];
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
      fingerprint: null,
      timings: clock.laps,
    };
  }
  deps.onProgress(DRAWN);
  const preview = await makePreview(page.raster);
  deps.onPreview(preview);
  clock.lap('preview');
  const { layout, usage, fingerprint } = await readDrawn(page, { task, ...deps, budget, clock });
  return {
    layout: limitText(layout, task.limits),
    preview: layout.rotation === 0 ? preview : await makePreview(page.raster, layout.rotation),
    usage,
    fingerprint,
    timings: clock.laps,
  };
}

type Read = Pick<RecognizeResult, 'layout' | 'usage' | 'fingerprint'>;

interface Job extends RecognizeDeps {
  task: RecognizeTask;
  budget: Budget;
  clock: ReturnType<typeof createClock>;
}

/** What is not there as text is read, or known from a page of the same fingerprint. */
async function readDrawn(page: DrawnPage, job: Job): Promise<Read> {
  const { toRead } = page;
  const { task } = job;
  if (toRead === null || isBlank(toRead)) {
    if (toRead && hasFaintMarks(toRead)) page.warnings.push(FAINT_MARKS);
    return { layout: unreadLayout(task, page), usage: null, fingerprint: null };
  }
  const fingerprint = await fingerprintOf(task, page, toRead, job.engine);
  const known = fingerprint && (await job.recall(fingerprint));
  if (known) {
    job.clock.lap('recall');
    return { layout: { ...known, page: task.page }, usage: null, fingerprint };
  }
  const read = await readAnew(page, toRead, job);
  return { ...read, fingerprint: job.budget.exceeded ? null : fingerprint };
}

async function readAnew(
  page: DrawnPage,
  toRead: GrayRaster,
  { task, engine, memory, onProgress, budget, clock }: Job,
): Promise<Omit<Read, 'fingerprint'>> {
  const reading = await readInItsLanguages(toRead, page.native.length > 0, engine, memory, {
    languages: task.languages,
    candidates: task.candidates,
    ...task.options,
    budget,
    onProgress: (share) => onProgress(DRAWN + share * (READ - DRAWN)),
  });
  clock.lap('recognize');
  const refined = await engine.refine?.(reading.raster, reading.blocks);
  if (refined) {
    reading.blocks = refined.blocks;
    clock.lap('refine');
  }
  if (budget.exceeded) page.warnings.push(TIME_WAS_OVER);
  return {
    layout: readLayout(task, page, reading, engine),
    usage: refined?.usage ?? null,
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
