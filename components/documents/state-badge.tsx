'use client';

import { useTranslations } from 'use-intl/react';
import type { DocumentSummary } from '../data/trpc.ts';
import { cn } from '../ui/cn.ts';
import { stateLook, TONE_TEXT } from './states.ts';

/** The state as a picture and a word. */
export function StateBadge({
  document,
}: {
  document: Pick<DocumentSummary, 'status' | 'error' | 'startAt'>;
}) {
  const t = useTranslations('documents.states');
  const { name, icon: Icon, tone } = stateLook(document);
  return (
    <span className={cn('inline-flex items-center gap-1.5 font-medium', TONE_TEXT[tone])}>
      <Icon className="size-3.5" aria-hidden="true" />
      {t(name)}
    </span>
  );
}
