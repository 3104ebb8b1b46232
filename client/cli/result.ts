import type { DocumentDetail } from '#server/documents/get.ts';
import type { DocumentStatus } from '#server/documents/status.ts';
import type { PageView } from '#server/pages/view.ts';
import { type FanfoldErrorShape, fanfoldErrorOf } from '../errors.ts';
import type { FanfoldClient } from '../index.ts';

/** What became of a file, as `--json` writes it. */
export interface FileResult {
  /** As it was given. */
  file: string;
  /** Null where the server never knew of it. */
  documentId: string | null;
  status: DocumentStatus;
  /** Whether it had been read before, with the same options. */
  known: boolean;
  /** When it starts, of a document that waits for its time. */
  startAt: string | null;
  error: FanfoldErrorShape | null;
  pages: {
    /** Null where the file was never opened. */
    total: number | null;
    completed: number;
    failed: { page: number; code: string; sentence: string }[];
  };
  /** Paths of the files that were written. */
  outputs: string[];
}

export function resultOf(file: string, document: DocumentDetail, pages: PageView[]): FileResult {
  return {
    file,
    documentId: document.id,
    status: document.status,
    known: false,
    startAt: document.startAt,
    error: document.error,
    pages: {
      total: document.pageCount,
      completed: document.pagesCompleted,
      failed: pages.flatMap(({ number, error, status }) =>
        status === 'failed' && error ? [{ page: number, ...error }] : [],
      ),
    },
    outputs: [],
  };
}

/** Of a file that did not get to its end. */
export function brokenResult(
  file: string,
  options: { documentId: string | null; status: 'failed' | 'canceled'; error: unknown },
): FileResult {
  const { documentId, status, error } = options;
  return {
    file,
    documentId,
    status,
    known: false,
    startAt: null,
    error: status === 'canceled' ? null : shapeOf(error),
    pages: { total: null, completed: 0, failed: [] },
    outputs: [],
  };
}

/** The pages of which some may have failed; none are asked for where none did. */
export async function listFailedPages(
  client: FanfoldClient,
  document: DocumentDetail,
  signal: AbortSignal,
): Promise<PageView[]> {
  if (document.pagesFailed === 0) return [];
  return client.pages.list.query({ documentId: document.id }, { signal });
}

export function shapeOf(error: unknown): FanfoldErrorShape {
  const sentence = error instanceof Error ? error.message : String(error);
  return fanfoldErrorOf(error) ?? { code: 'INTERNAL', sentence };
}
