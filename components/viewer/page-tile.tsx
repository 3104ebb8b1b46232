'use client';

import { RotateCcw, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Page } from '../data/trpc.ts';
import { cn } from '../ui/cn.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { DOUBTFUL } from './doubtful.ts';
import { PageSheet } from './page-sheet.tsx';
import { CAPTION_HEIGHT, type TileGeometry } from './tile-geometry.ts';
import { usePageWords } from './use-page-words.ts';

export interface TileActions {
  open: (page: number) => void;
  retry: (page: number) => void;
}

/** One page in the overview. */
export const PageTile = memo(function PageTile({
  documentId,
  page,
  position,
  total,
  geometry,
  left,
  top,
  current,
  reachable,
  actions,
}: {
  documentId: string;
  page: Page;
  /** Among the tiles, from 1. */
  position: number;
  total: number;
  geometry: TileGeometry;
  /** Pixels within the overview. */
  left: number;
  top: number;
  current: boolean;
  /** Whether Tab stops here; arrow keys reach the others. */
  reachable: boolean;
  actions: TileActions;
}) {
  const t = useTranslations('viewer');
  const { label } = usePageWords();
  const { width, height } = geometry;
  return (
    <li
      aria-setsize={total}
      aria-posinset={position}
      className="absolute top-0 left-0"
      style={{ width, transform: `translate(${left}px, ${top}px)` }}
    >
      <button
        type="button"
        data-page={page.number}
        tabIndex={reachable ? 0 : -1}
        aria-current={current ? 'true' : undefined}
        onClick={() => actions.open(page.number)}
        className="group block w-full rounded-md outline-offset-4"
      >
        <span className="sr-only">{label(page)}</span>
        <span
          aria-hidden="true"
          className={cn(
            'grid place-items-center rounded-md transition-[background-color,box-shadow] group-hover:bg-ink/4',
            current &&
              'bg-accent-soft! shadow-[0_0_0_6px_var(--accent-soft),0_0_0_7.5px_var(--accent)]',
          )}
          style={{ height }}
        >
          <PageSheet documentId={documentId} page={page} width={width} height={height} />
        </span>
        <Caption page={page} current={current} />
      </button>
      {page.status === 'failed' && (
        <span className="absolute right-1" style={{ bottom: CAPTION_HEIGHT + 4 }}>
          <IconButton
            label={t('readPageAgain', { page: page.number })}
            variant="secondary"
            tabIndex={reachable ? 0 : -1}
            onClick={() => actions.retry(page.number)}
          >
            <RotateCcw />
          </IconButton>
        </span>
      )}
    </li>
  );
});

function Caption({ page, current }: { page: Page; current: boolean }) {
  const { caption } = usePageWords();
  const doubtful =
    page.status === 'completed' && page.confidence !== null && page.confidence < DOUBTFUL;
  return (
    <span
      aria-hidden="true"
      className="flex items-end justify-between gap-1 text-xs tabular-nums"
      style={{ height: CAPTION_HEIGHT - 4 }}
    >
      <span className={cn('font-medium', current ? 'text-accent' : 'text-ink')}>{page.number}</span>
      <span
        className={cn(
          'flex items-center gap-1 truncate text-ink-muted',
          page.status === 'processing' && 'font-medium text-accent!',
          page.status === 'failed' && 'font-medium text-danger!',
          doubtful && 'font-medium text-warn!',
        )}
      >
        {doubtful && <TriangleAlert className="size-3" />}
        {page.status === 'pending' ? '' : caption(page)}
      </span>
    </span>
  );
}
