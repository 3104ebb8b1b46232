import type { PageRow } from '#db/schema/index.ts';
import type { ErrorCode } from '../errors.ts';
import type { PageSource, PageStatus } from './status.ts';
import { layoutVersion } from './stored-layout.ts';
import type { Usage } from './usage.ts';

/** A page as callers see it, without its text. */
export interface PageView {
  /** From 1. */
  number: number;
  status: PageStatus;
  source: PageSource | null;
  /** Why it was read, or why not. */
  reason: string | null;
  /** 0–100, of the running attempt. */
  progress: number;
  attempts: number;
  error: { code: ErrorCode; sentence: string } | null;
  /** 0–100; null where nothing was recognised. */
  confidence: number | null;
  wordCount: number | null;
  /** The version of what was read of it; null until then. */
  layout: string | null;
  /** What read it; null where nothing was recognised. */
  engine: { name: string; version: string } | null;
  /** What that took, where it is paid for. */
  usage: Usage | null;
  warnings: string[];
  /** The page image, pixels; null until the page was drawn. */
  image: { width: number; height: number; version: string } | null;
  seq: number;
  startedAt: string | null;
  finishedAt: string | null;
}

export type PageSummaryRow = Omit<PageRow, 'text'>;

export function pageView(row: PageSummaryRow): PageView {
  return {
    number: row.number,
    status: row.status,
    source: row.source,
    reason: row.reason,
    progress: row.progress,
    attempts: row.attempts,
    error: row.errorCode ? { code: row.errorCode, sentence: row.errorSentence ?? '' } : null,
    confidence: row.confidence,
    wordCount: row.wordCount,
    layout: row.layoutKey ? layoutVersion(row.layoutKey) : null,
    engine: row.engine,
    usage: row.usage,
    warnings: row.warnings,
    image: imageOf(row),
    seq: row.seq,
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

/** What the addresses of a page's picture are made of. */
export function imageOf(
  row: Pick<PageRow, 'imageKey' | 'imageWidth' | 'imageHeight'>,
): PageView['image'] {
  if (!row.imageKey || !row.imageWidth || !row.imageHeight) return null;
  return {
    width: row.imageWidth,
    height: row.imageHeight,
    version: row.imageKey.split('/').at(-2) ?? '',
  };
}
