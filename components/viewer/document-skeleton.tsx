'use client';

import { useTranslations } from 'use-intl/react';
import { Skeleton } from '../ui/skeleton.tsx';

const TILES = Array.from({ length: 12 }, (_, index) => index);

/** The shape of a document before it is loaded. */
export function DocumentSkeleton() {
  const t = useTranslations('viewer');
  return (
    <div role="status" className="flex min-h-0 flex-1 flex-col">
      <span className="sr-only">{t('loading')}</span>
      <div className="border-b border-line px-4 py-4 sm:px-6">
        <Skeleton className="h-7 w-72 max-w-full" />
        <Skeleton className="mt-2.5 h-4 w-96 max-w-full" />
      </div>
      <div className="flex flex-wrap gap-6 overflow-hidden p-6">
        {TILES.map((tile) => (
          <Skeleton key={tile} className="h-44 w-31 rounded-[3px]!" />
        ))}
      </div>
    </div>
  );
}
