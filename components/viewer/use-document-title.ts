'use client';

import { useEffect } from 'react';
import { useTranslations } from 'use-intl/react';
import type { DocumentSummary } from '../data/trpc.ts';
import { nameOf } from '../documents/name.ts';
import { useFormat } from '../i18n/use-format.ts';

/** The window's title: what the document is called and, while it is being read, how far. */
export function useDocumentTitle(document: DocumentSummary | undefined): void {
  const t = useTranslations('viewer');
  const format = useFormat();
  const name = document && nameOf(document);
  const percent = document && percentOf(document);
  const title =
    name && percent !== undefined
      ? t('progressTitle', { percent: format.percent(percent), name })
      : name;
  useEffect(() => {
    if (title) window.document.title = `${title} · Fanfold`;
  }, [title]);
}

/** Of the pages; undefined while none is being read. */
function percentOf(document: DocumentSummary): number | undefined {
  const { status, pageCount, pagesCompleted, pagesFailed } = document;
  if (status !== 'processing' || !pageCount) return undefined;
  return Math.floor((100 * (pagesCompleted + pagesFailed)) / pageCount);
}
