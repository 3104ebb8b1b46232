import type { Page } from '../data/trpc.ts';

/** The pages, ordered by number, with newer views in the place of older ones. */
export function mergePages(known: Page[], incoming: Page[]): Page[] {
  const merged = [...known];
  const added: Page[] = [];
  for (const page of incoming) {
    const index = pageIndex(known, page.number);
    if (index < 0) added.push(page);
    else merged[index] = newerPage(merged[index], page);
  }
  if (added.length > 0) return [...merged, ...added].sort((a, b) => a.number - b.number);
  return merged.some((page, index) => page !== known[index]) ? merged : known;
}

/** The pages with what the running attempts report; progress never goes back within an attempt. */
export function mergeProgress(
  known: Page[],
  running: { number: number; progress: number }[],
): Page[] {
  const moved = running.flatMap(({ number, progress }) => {
    const page = known[pageIndex(known, number)];
    return page?.status === 'processing' && progress > page.progress ? { ...page, progress } : [];
  });
  return mergePages(known, moved);
}

/** The last event that changed one of these pages; 0 where there are none. */
export function newestEvent(pages: Page[]): number {
  return pages.reduce((seq, page) => Math.max(seq, page.seq), 0);
}

/**
 * Where the page of this number stands in the list, -1 where it does not. Documents have up to
 * thousands of pages, nearly always all of them: look where the page belongs first.
 */
export function pageIndex(pages: Page[], number: number): number {
  if (pages[number - 1]?.number === number) return number - 1;
  return pages.findIndex((page) => page.number === number);
}

function newerPage(known: Page | undefined, incoming: Page): Page {
  if (!known || incoming.seq > known.seq) return incoming;
  if (incoming.seq < known.seq || incoming.status !== known.status) return known;
  if (incoming.progress <= known.progress) return known;
  return { ...known, progress: incoming.progress };
}
