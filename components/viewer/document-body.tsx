'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { DocumentDetail, Page } from '../data/trpc.ts';
import { isUnderWay } from '../documents/states.ts';
import type { DocumentActions } from '../documents/use-actions.ts';
import { pageIndex } from '../live/merge-pages.ts';
import { cn } from '../ui/cn.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { GapsBanner } from './gaps-banner.tsx';
import { PageGrid } from './page-grid.tsx';
import { TextStream } from './text-stream.tsx';
import { usePageKeys } from './use-page-keys.ts';
import { usePictures } from './use-pictures.ts';
import { useSelectedPage } from './use-selected-page.ts';
import { useWide } from './use-wide.ts';
import { type View, ViewSwitch } from './view-switch.tsx';

/** Most people look at the list and the overview first. */
const PageView = dynamic(() => import('../page/page-view.tsx').then((module) => module.PageView), {
  ssr: false,
  loading: () => <Skeleton className="m-6 h-96" />,
});

const SIDE = 'min-h-0 bg-surface lg:border-l lg:border-line';

/**
 * Wide: the overview beside the whole text or, once a page is open, a strip of tiles beside that
 * page. Narrow: one of the three at a time.
 */
export function DocumentBody({
  document,
  pages,
  actions,
}: {
  document: DocumentDetail;
  pages: Page[];
  actions: DocumentActions;
}) {
  const [selected, select] = useSelectedPage();
  const wide = useWide();
  const [view, setView] = useState<View>(selected === null ? 'pages' : 'page');
  const index = selected === null ? -1 : pageIndex(pages, selected);
  const open = pages[index];
  const previous = pages[index - 1]?.number;
  const next = index < 0 ? undefined : pages[index + 1]?.number;
  const show = (page: number | null) => {
    select(page);
    setView(page === null ? 'pages' : 'page');
  };
  const change = (view: View) => {
    const [first] = pages;
    if (view === 'page' && selected === null && first) select(first.number);
    setView(view);
  };
  usePictures(document.id, open ? [open] : []);
  usePageKeys({ open: selected !== null, previous, next, select: show });
  return (
    <>
      {!isUnderWay(document.status) && <GapsBanner pages={pages} onOpen={show} />}
      {!wide && <ViewSwitch view={view} onChange={change} />}
      <div
        className={cn(
          'grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)] max-lg:border-t max-lg:border-line',
          open
            ? 'lg:grid-cols-[11.5rem_minmax(0,1fr)]'
            : 'lg:grid-cols-[minmax(0,1fr)_clamp(24rem,46%,42rem)]',
        )}
      >
        {(wide || view === 'pages') && (
          <PageGrid
            documentId={document.id}
            pages={pages}
            selected={selected}
            onSelect={show}
            onRetry={actions.retryPage}
          />
        )}
        {open && (wide || view === 'page') && (
          <div className={SIDE}>
            <PageView
              documentId={document.id}
              page={open}
              total={document.filePageCount ?? pages.length}
              previous={previous}
              next={next}
              onSelect={show}
              onRetry={actions.retryPage}
            />
          </div>
        )}
        {(wide ? !open : view === 'text') && (
          <div className={SIDE}>
            <TextStream
              documentId={document.id}
              pages={pages}
              live={isUnderWay(document.status)}
              onOpen={show}
            />
          </div>
        )}
      </div>
    </>
  );
}
