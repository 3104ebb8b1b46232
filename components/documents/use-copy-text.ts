'use client';

import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import { toast } from '../ui/toast.ts';

/** Puts text on the clipboard and says so. */
export function useCopyText() {
  const t = useTranslations('documents.copy');
  return useMemo(() => {
    const copy = (text: string | Promise<string>, done: string, failed: string) =>
      write(text).then(
        () => toast(done),
        () => toast(failed, { description: t('why') }),
      );
    return {
      whole: (text: Promise<string>) => copy(text, t('whole'), t('wholeFailed')),
      page: (text: string, page: number) =>
        copy(text, t('page', { page }), t('pageFailed', { page })),
    };
  }, [t]);
}

async function write(text: string | Promise<string>): Promise<void> {
  if (!navigator.clipboard) throw new Error('no clipboard');
  const blob = Promise.resolve(text).then((value) => new Blob([value], { type: 'text/plain' }));
  await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
}
