'use client';

import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import type { DocumentSummary } from '../data/trpc.ts';
import { useFormat } from '../i18n/use-format.ts';

type Progress = Pick<DocumentSummary, 'status' | 'pageCount' | 'pagesCompleted' | 'pagesFailed'>;

/** How much of a document is read, in words. */
export function useProgressText() {
  const t = useTranslations('documents.progress');
  const common = useTranslations('common');
  const format = useFormat();
  return useMemo(() => {
    const values = ({ pageCount, pagesCompleted }: Progress) => ({
      done: format.number(pagesCompleted),
      total: pageCount ?? 0,
    });
    return {
      /** "20 pages", "12 of 20 pages". */
      short(document: Progress) {
        if (document.status !== 'completed') return t('short', values(document));
        return common('pageCount', { count: document.pageCount ?? 0 });
      },
      /** "12 of 20 pages, 1 failed". */
      shortWithFailed(document: Progress) {
        const failed = document.pagesFailed;
        if (failed === 0) return t('short', values(document));
        return t('shortWithFailed', { ...values(document), failed });
      },
      /** "12 of 20 pages read, 1 failed". */
      full(document: Progress) {
        const failed = document.pagesFailed;
        if (document.pageCount === null) return t('uncounted');
        if (failed === 0) return t('read', values(document));
        return t('readWithFailed', { ...values(document), failed });
      },
    };
  }, [t, common, format]);
}
