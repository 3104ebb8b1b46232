import type { DocumentRow } from '#db/schema/index.ts';
import type { ErrorCode } from '../errors.ts';
import type { DocumentOptions } from './schemas.ts';
import { type DocumentStatus, PUBLIC_STATES, type PublicState } from './status.ts';

/** A document as callers see it. Times are ISO 8601 in UTC, sizes bytes. */
export interface DocumentView {
  id: string;
  fileName: string;
  /** What people call it instead of its file's name. */
  title: string | null;
  tags: string[];
  contentType: string;
  sizeBytes: number;
  sha256: string;
  options: DocumentOptions;
  /** That its pages were read in, so far. */
  foundLanguages: string[];
  /** `bulk` waits until nothing `interactive` does. */
  priority: DocumentRow['priority'];
  status: DocumentStatus;
  state: PublicState;
  error: { code: ErrorCode; sentence: string } | null;
  /** Pages that are read, of those that the file has; null until it was opened. */
  pageCount: number | null;
  filePageCount: number | null;
  pagesCompleted: number;
  pagesFailed: number;
  pagesCanceled: number;
  warnings: string[];
  /** The number of its last event: of two views, the one with the greater is the newer. */
  seq: number;
  /** When it starts, of a document that waits for its time. */
  startAt: string | null;
  /** When what is named was removed, its days being over. */
  removed: Record<'source' | 'pages' | 'outputs', string | null>;
  createdAt: string;
  queuedAt: string | null;
  startedAt: string | null;
  finishedAt: string | null;
}

export function documentView(row: DocumentRow): DocumentView {
  return {
    id: row.id,
    fileName: row.fileName,
    title: row.title,
    tags: row.tags,
    contentType: row.contentType,
    sizeBytes: row.sizeBytes,
    sha256: row.sha256,
    options: row.options,
    foundLanguages: row.foundLanguages,
    priority: row.priority,
    status: row.status,
    state: PUBLIC_STATES[row.status],
    error: row.errorCode ? { code: row.errorCode, sentence: row.errorSentence ?? '' } : null,
    pageCount: row.pageCount,
    filePageCount: row.filePageCount ?? row.pageCount,
    pagesCompleted: row.pagesCompleted,
    pagesFailed: row.pagesFailed,
    pagesCanceled: row.pagesCanceled,
    warnings: row.warnings,
    seq: row.seq,
    startAt: row.status === 'queued' ? (row.startAt?.toISOString() ?? null) : null,
    removed: {
      source: row.sourceRemovedAt?.toISOString() ?? null,
      pages: row.pagesRemovedAt?.toISOString() ?? null,
      outputs: row.outputsRemovedAt?.toISOString() ?? null,
    },
    createdAt: row.createdAt.toISOString(),
    queuedAt: row.queuedAt?.toISOString() ?? null,
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}
