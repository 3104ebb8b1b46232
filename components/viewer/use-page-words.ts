'use client';

import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Page } from '../data/trpc.ts';
import { useServerWords } from '../i18n/i18n-provider.tsx';
import { useFormat } from '../i18n/use-format.ts';

/** How a page stands, in words. */
export function usePageWords() {
  const t = useTranslations('viewer');
  const format = useFormat();
  const words = useServerWords();
  return useMemo(
    () => ({
      /** In a word or two, as under its tile. */
      caption(page: Page): string {
        if (page.status === 'processing') return format.percent(page.progress);
        if (page.status !== 'completed') return t(`caption.${page.status}`);
        if (page.source === 'native' || page.source === 'blank') return t(`caption.${page.source}`);
        return page.confidence === null ? t('caption.read') : format.percent(page.confidence);
      },
      /** For someone who does not see its tile. */
      label(page: Page): string {
        const named = { page: page.number };
        if (page.status === 'failed') {
          const reason = page.error ? words.failure(page.error) : '';
          return t('label.failed', { ...named, reason });
        }
        if (page.status !== 'completed') return t(`label.${page.status}`, named);
        if (page.source === 'native' || page.source === 'blank') {
          return t(`label.${page.source}`, named);
        }
        return t('label.read', { ...named, percent: format.percent(page.confidence ?? 0) });
      },
    }),
    [t, format, words],
  );
}
