import type { Page } from '../data/trpc.ts';

/** Finished pages that the pace is measured over: it follows a change within as many pages. */
const WINDOW = 24;
/** Pages, or milliseconds with one page, after which the measure is worth telling. */
const ENOUGH_PAGES = 3;
const ENOUGH_TIME = 5_000;
/** Milliseconds without a page after which the work counts as begun anew. */
const PAUSE = 120_000;

export interface Pace {
  /** Milliseconds since the epoch at which the present stretch of work began. */
  since: number | null;
  pagesPerMinute: number | null;
  /** Milliseconds until the last page, as measured; null while too little is known. */
  remaining: number | null;
}

interface Span {
  start: number;
  end: number;
}

/** How fast pages are being read at `now`, in milliseconds since the epoch. */
export function measurePace(pages: Page[], now: number): Pace {
  const running = runningSpans(pages, now);
  const current = stretch(finishedSpans(pages), earliest(running));
  const since = earliest([...current, ...running]);
  const recent = current.slice(0, WINDOW);
  const from = earliest(recent);
  if (from === null || !isEnough(recent.length, now - from)) {
    return { since, pagesPerMinute: null, remaining: null };
  }
  const perPage = Math.max(1, now - from) / recent.length;
  return { since, pagesPerMinute: 60_000 / perPage, remaining: pagesLeft(pages) * perPage };
}

/** About how long, in the steps that are worth telling. */
export interface Remaining {
  hours: number;
  /** 0–59; with no hours, 0 is less than one. */
  minutes: number;
}

/** Milliseconds to whole minutes, and from an hour on to tens of them. */
export function roundRemaining(duration: number): Remaining {
  const minutes = duration / 60_000;
  if (minutes < 0.75) return { hours: 0, minutes: 0 };
  if (minutes < 59.5) return { hours: 0, minutes: Math.round(minutes) };
  const rounded = Math.round(minutes / 10) * 10;
  return { hours: Math.floor(rounded / 60), minutes: rounded % 60 };
}

/** Newest first. */
function finishedSpans(pages: Page[]): Span[] {
  return pages
    .flatMap(({ status, startedAt, finishedAt }) => {
      const ended = status === 'completed' || status === 'failed';
      if (!ended || !startedAt || !finishedAt) return [];
      return { start: Date.parse(startedAt), end: Date.parse(finishedAt) };
    })
    .sort((a, b) => b.end - a.end);
}

function runningSpans(pages: Page[], now: number): Span[] {
  return pages.flatMap(({ status, startedAt }) =>
    status === 'processing' && startedAt ? { start: Date.parse(startedAt), end: now } : [],
  );
}

/** The newest of the spans back to the first pause before `running`, where the running pages began. */
function stretch(spans: Span[], running: number | null): Span[] {
  let start = running ?? spans[0]?.start ?? 0;
  const pause = spans.findIndex((span) => {
    if (start - span.end > PAUSE) return true;
    start = Math.min(start, span.start);
    return false;
  });
  return pause < 0 ? spans : spans.slice(0, pause);
}

function earliest(spans: Span[]): number | null {
  if (spans.length === 0) return null;
  return spans.reduce((first, { start }) => Math.min(first, start), Number.POSITIVE_INFINITY);
}

function isEnough(pages: number, elapsed: number): boolean {
  return pages >= ENOUGH_PAGES || (pages >= 1 && elapsed >= ENOUGH_TIME);
}

function pagesLeft(pages: Page[]): number {
  return pages.reduce((left, page) => {
    if (page.status === 'pending') return left + 1;
    return page.status === 'processing' ? left + 1 - page.progress / 100 : left;
  }, 0);
}
