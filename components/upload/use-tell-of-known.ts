'use client';

import { useTranslations } from 'use-intl/react';
import type { DocumentSummary } from '../data/trpc.ts';
import { useFormat } from '../i18n/use-format.ts';
import { toast } from '../ui/toast.ts';

/** Milliseconds in which one can decide. */
const SHOWN = 12_000;

/** Tells that a file was read before, and offers to open that document or to read it again. */
export function useTellOfKnown(open: (documentId: string) => void) {
  const t = useTranslations('upload.known');
  const common = useTranslations('common');
  const format = useFormat();
  return ({ id, fileName, status, finishedAt }: DocumentSummary, again: () => void): void => {
    const done = status === 'completed' && finishedAt;
    toast(done ? t('done', { age: format.age(finishedAt, Date.now()) }) : t('running'), {
      description: fileName,
      duration: SHOWN,
      actions: [
        { label: common('readAgain'), onClick: again },
        { label: t('open'), onClick: () => open(id) },
      ],
    });
  };
}
