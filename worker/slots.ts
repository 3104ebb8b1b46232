import type { WorkConcurrencyOptions } from 'pg-boss';
import type { Env } from '#server/env.ts';
import type { JobName } from '#server/jobs/catalog.ts';

/** How many jobs of a kind a worker does at once, and how many of them for one group. */
export interface Slots {
  count: number;
  groups: Pick<WorkConcurrencyOptions, 'groupConcurrency' | 'localGroupConcurrency'>;
}

const ONE: Slots = { count: 1, groups: {} };

/**
 * There are more page jobs than pages are read at once: one is stored, and the next fetched, while others
 * are read (`WorkerServices.turns`). The groups of page jobs are owners; those of assemble jobs are
 * owners and whether the document is long, so that neither another owner nor a short document waits
 * until a long one is folded.
 */
export function slotsOf(name: JobName, pageProcesses: number, env: Env): Slots {
  if (name === 'page.recognize') {
    const most = env.OWNER_PAGES_AT_ONCE;
    const count = pageProcesses + Math.ceil(pageProcesses / 2);
    return { count, groups: most ? { groupConcurrency: most } : {} };
  }
  if (name === 'document.assemble') return { count: 2, groups: { localGroupConcurrency: 1 } };
  if (name === 'document.inspect') return { ...ONE, count: 2 };
  return ONE;
}
