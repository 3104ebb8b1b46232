'use client';

import { useEffect } from 'react';
import type { DocumentSummary } from '../data/trpc.ts';

/** The window's title: the file and, while it is being read, how far. */
export function useDocumentTitle(document: DocumentSummary | undefined): void {
  const title = document && titleOf(document);
  useEffect(() => {
    if (title) window.document.title = title;
  }, [title]);
}

function titleOf({
  status,
  fileName,
  pageCount,
  pagesCompleted,
  pagesFailed,
}: DocumentSummary): string {
  if (status !== 'processing' || !pageCount) return `${fileName} · Fanfold`;
  const percent = Math.floor((100 * (pagesCompleted + pagesFailed)) / pageCount);
  return `${percent}% · ${fileName} · Fanfold`;
}
