export const PAGE_STATUSES = ['pending', 'processing', 'completed', 'failed', 'canceled'] as const;
export type PageStatus = (typeof PAGE_STATUSES)[number];

/** Where the words of a page came from. */
export const PAGE_SOURCES = ['native', 'ocr', 'mixed', 'blank'] as const;
export type PageSource = (typeof PAGE_SOURCES)[number];

export const ATTEMPT_OUTCOMES = [
  'running',
  'completed',
  'failed',
  'released',
  'superseded',
  'canceled',
] as const;
