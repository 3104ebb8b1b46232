'use client';

import { useEffect } from 'react';
import type { DocumentSummary } from '../data/trpc.ts';
import { nameOf } from '../documents/name.ts';

/** The window's title: what the document is called and, while it is being read, how far. */
export function useDocumentTitle(document: DocumentSummary | undefined): void {
  const title = document && titleOf(document);
  useEffect(() => {
    if (title) window.document.title = title;
  }, [title]);
}

function titleOf(document: DocumentSummary): string {
  const { status, pageCount, pagesCompleted, pagesFailed } = document;
  const name = nameOf(document);
  if (status !== 'processing' || !pageCount) return `${name} · Fanfold`;
  const percent = Math.floor((100 * (pagesCompleted + pagesFailed)) / pageCount);
  return `${percent}% · ${name} · Fanfold`;
}
