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
  // Moved, not sized: that costs a page that is watched for hours no layout.
  const upTo = (count: number) => ({
    transform: `translateX(${total > 0 ? (100 * count) / total - 100 : -100}%)`,
  });
  return (
    <span
      role="progressbar"
      aria-label={t('label')}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={pagesCompleted + pagesFailed}
      aria-valuetext={progress.full(document)}
      className={cn('grid h-1.5 overflow-hidden rounded-full bg-ink/10', className)}
    >
      <span
        className="hatched col-start-1 row-start-1 bg-danger transition-transform duration-500"
        style={upTo(pagesCompleted + pagesFailed)}
      />
      <span
        className="col-start-1 row-start-1 bg-accent transition-transform duration-500"
        style={upTo(pagesCompleted)}
      />
    </span>
  );
}
