'use client';

import { useTranslations } from 'use-intl/react';
import { Skeleton } from '../ui/skeleton.tsx';

const ROWS = ['a', 'b', 'c', 'd'];

/** The shape of results before they are there. */
export function ResultsSkeleton() {
  const t = useTranslations('search');
  return (
    <div role="status" className="mt-8">
      <span className="sr-only">{t('searching')}</span>
      <div aria-hidden="true" className="divide-y divide-line rounded-2xl bg-surface shadow-paper">
        {ROWS.map((row) => (
          <div key={row} className="grid gap-6 px-5 py-4 md:grid-cols-2">
            <div className="space-y-2">
              <Skeleton className="h-4 w-56 max-w-full" />
              <Skeleton className="h-3 w-full" />
              <Skeleton className="h-3 w-2/3" />
            </div>
            <Skeleton className="h-20 w-full rounded-lg!" />
          </div>
        ))}
      </div>
    </div>
  );
}
