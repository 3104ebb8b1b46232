'use client';

import { ChevronLeft, ChevronRight, Keyboard, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Page } from '../data/trpc.ts';
import { IconButton } from '../ui/icon-button.tsx';

/** Which page is open, the way to its neighbours and back to the overview, and what `children` do. */
export function PageToolbar({
  page,
  total,
  previous,
  next,
  onSelect,
  onHelp,
  children,
}: {
  page: Page;
  /** Pages of the file. */
  total: number;
  /** Numbers of the neighbours that are read. */
  previous: number | undefined;
  next: number | undefined;
  onSelect: (page: number | null) => void;
  onHelp: () => void;
  children: ReactNode;
}) {
  const t = useTranslations('page.toolbar');
  return (
    <div className="flex h-12 shrink-0 items-center gap-1 border-b border-line px-3">
      <IconButton
        label={t('previous')}
        disabled={previous === undefined}
        focusableWhenDisabled
        onClick={() => previous !== undefined && onSelect(previous)}
      >
        <ChevronLeft />
      </IconButton>
      <IconButton
        label={t('next')}
        disabled={next === undefined}
        focusableWhenDisabled
        onClick={() => next !== undefined && onSelect(next)}
      >
        <ChevronRight />
      </IconButton>
      <h2 className="mx-2 min-w-0 flex-1 truncate text-sm font-medium tabular-nums">
        {t.rich('place', {
          page: page.number,
          of: total,
          total: (words) => <span className="font-normal text-ink-muted">{words}</span>,
        })}
      </h2>
      {children}
      <span className="max-sm:hidden">
        <IconButton label={t('help')} onClick={onHelp}>
          <Keyboard />
        </IconButton>
      </span>
      <IconButton label={t('close')} onClick={() => onSelect(null)}>
        <X />
      </IconButton>
    </div>
  );
}
