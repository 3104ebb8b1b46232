'use client';

import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { createFormats, type Formats } from './format.ts';

const known = new Map<string, Formats>();

/** Numbers, sizes and times as the reader writes them. */
export function useFormat() {
  const tag = useLocale();
  const t = useTranslations('documents');
  return useMemo(() => {
    const formats = known.get(tag) ?? createFormats(tag);
    known.set(tag, formats);
    return {
      ...formats,
      /** How long before `now` (milliseconds) it was: "5 minutes ago", "yesterday", "3 Mar 2026". */
      age: (iso: string, now: number) => formats.age(iso, now) ?? t('justNow'),
    };
  }, [tag, t]);
}
