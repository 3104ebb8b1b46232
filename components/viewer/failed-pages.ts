import type { ErrorCode } from '#server/errors.ts';
import type { Page } from '../data/trpc.ts';

export interface FailedGroup {
  code: ErrorCode;
  sentence: string;
  pages: number[];
}

/** The pages that failed, together where they failed for the same reason. */
export function groupFailedPages(pages: Page[]): FailedGroup[] {
  const groups = new Map<string, FailedGroup>();
  for (const { number, status, error } of pages) {
    if (status !== 'failed' || !error) continue;
    const group = groups.get(error.sentence) ?? { ...error, pages: [] };
    group.pages.push(number);
    groups.set(error.sentence, group);
  }
  return [...groups.values()].sort((a, b) => b.pages.length - a.pages.length);
}
