'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useEffectEvent, useMemo, useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Page } from '../data/trpc.ts';
import { pageIndex } from '../live/merge-pages.ts';
import { PageTile, type TileActions } from './page-tile.tsx';
import { tileGeometry } from './tile-geometry.ts';
import { usePictures } from './use-pictures.ts';
import { useTileKeys } from './use-tile-keys.ts';
import { useContentWidth } from './use-width.ts';

/** Every page as a tile; only those in view are in the DOM. */
export function PageGrid({
  documentId,
  pages,
  selected,
  onSelect,
  onRetry,
}: {
  documentId: string;
  pages: Page[];
  selected: number | null;
  onSelect: (page: number) => void;
  onRetry: (page: number) => void;
}) {
  const t = useTranslations('common');
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const available = useContentWidth(list);
  const geometry = useMemo(() => tileGeometry(available), [available]);
  const { columns, rowHeight } = geometry;
  const rows = useVirtualizer({
    count: Math.ceil(pages.length / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 2,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height lie elsewhere
  useEffect(() => rows.measure(), [rows, rowHeight]);
  const show = (page: number) =>
    rows.scrollToIndex(Math.floor(Math.max(0, pageIndex(pages, page)) / columns));
  const keys = useTileKeys({ list, pages, columns, selected, onSelect, show });
  useShowSelected(selected, columns, show);
  const first = (rows.range?.startIndex ?? 0) * columns;
  usePictures(documentId, pages.slice(first, ((rows.range?.endIndex ?? 0) + 1) * columns));
  const open = useStable(onSelect);
  const retry = useStable(onRetry);
  const actions: TileActions = useMemo(() => ({ open, retry }), [open, retry]);
  return (
    <div
      ref={scroller}
      className="h-full overflow-y-auto overscroll-contain px-4 py-5 sm:px-6 sm:py-6"
    >
      <ul
        ref={list}
        aria-label={t('pages')}
        className="relative"
        style={{ height: rows.getTotalSize() }}
        onKeyDown={keys.onKeyDown}
        onFocus={keys.onFocus}
        onBlur={keys.onBlur}
      >
        {rows
          .getVirtualItems()
          .flatMap((row) =>
            pages
              .slice(row.index * columns, (row.index + 1) * columns)
              .map((page, column) => (
                <PageTile
                  key={page.number}
                  documentId={documentId}
                  page={page}
                  position={row.index * columns + column + 1}
                  total={pages.length}
                  geometry={geometry}
                  left={column * (geometry.width + geometry.gap)}
                  top={row.start}
                  current={page.number === selected}
                  reachable={page.number === keys.cursor}
                  actions={actions}
                />
              )),
          )}
      </ul>
    </div>
  );
}

/** One function for the life of the component, so that tiles are not rendered for a new one. */
function useStable<T>(callback: (value: T) => void): (value: T) => void {
  const latest = useRef(callback);
  useEffect(() => {
    latest.current = callback;
  });
  return useCallback((value: T) => latest.current(value), []);
}

function useShowSelected(selected: number | null, columns: number, show: (page: number) => void) {
  const onChange = useEffectEvent(show);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another number of columns moves the page too
  useEffect(() => {
    if (selected !== null) onChange(selected);
  }, [selected, columns]);
}
