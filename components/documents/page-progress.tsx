'use client';

import { useTranslations } from 'use-intl/react';
import type { DocumentSummary } from '../data/trpc.ts';
import { cn } from '../ui/cn.ts';
import { useProgressText } from './use-progress-text.ts';

/** How much of the document is read, failed and still to come, each share in its own way. */
export function PageProgress({
  document,
  className,
}: {
  document: DocumentSummary;
  className?: string;
}) {
  const t = useTranslations('documents.progress');
  const progress = useProgressText();
  const { pagesCompleted, pagesFailed } = document;
  const total = document.pageCount ?? 0;
  const share = (count: number) => ({ width: `${total > 0 ? (100 * count) / total : 0}%` });
  return (
    <span
      role="progressbar"
      aria-label={t('label')}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={pagesCompleted + pagesFailed}
      aria-valuetext={progress.full(document)}
      className={cn('flex h-1.5 gap-px overflow-hidden rounded-full bg-ink/10', className)}
    >
      <span
        className="h-full bg-accent transition-[width] duration-500"
        style={share(pagesCompleted)}
      />
      <span
        className="hatched h-full bg-danger transition-[width] duration-500"
        style={share(pagesFailed)}
      />
    </span>
  );
}
