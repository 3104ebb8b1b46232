import type { DocumentStatus } from '#server/documents/status.ts';

export const EXIT = { ok: 0, failed: 1, usage: 2, partial: 3, interrupted: 130 } as const;

/** `queued` is what waits for the time that it was given. */
const GOOD: DocumentStatus[] = ['completed', 'partial', 'queued'];

/** What became of all the files: any failure outweighs pages that are missing. */
export function exitCodeOf(statuses: DocumentStatus[]): number {
  if (statuses.some((status) => !GOOD.includes(status))) return EXIT.failed;
  return statuses.includes('partial') ? EXIT.partial : EXIT.ok;
}
