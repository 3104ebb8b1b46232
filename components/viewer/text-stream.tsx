'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDownToLine } from 'lucide-react';
import { memo, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Page } from '../data/trpc.ts';
import { useServerWords } from '../i18n/i18n-provider.tsx';
import { Button } from '../ui/button.tsx';
import { PageText } from './page-text.tsx';
import { TextSkeleton, textHeight } from './text-skeleton.tsx';
import { usePageText } from './use-page-text.ts';
import { usePageWords } from './use-page-words.ts';

/** Pixels of a page before it was measured: at least, and of what stands around its text. */
const LEAST = 200;
const HEADING = 70;

/** The text of the whole document in the order of its pages, growing as they are read. */
export function TextStream({
  documentId,
  pages,
  live,
  onOpen,
}: {
  documentId: string;
  pages: Page[];
  /** Whether pages are still being read. */
  live: boolean;
  onOpen: (page: number) => void;
}) {
  const t = useTranslations('viewer');
  const common = useTranslations('common');
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: pages.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => Math.max(LEAST, HEADING + textHeight(pages[index]?.wordCount ?? 0)),
    overscan: 1,
  });
  const [following, setFollowing] = useFollowing(live, lastRead(pages), (index) =>
    rows.scrollToIndex(index, { align: 'start' }),
  );
  const stop = () => setFollowing(false);
  const items = rows.getVirtualItems();
  return (
    <section
      aria-label={common('text')}
      className="flex h-full min-h-0 flex-col"
      onWheel={stop}
      onTouchMove={stop}
      onKeyDown={stop}
    >
      <div className="flex h-12 shrink-0 items-center border-b border-line pr-3 pl-6">
        <h2 className="flex-1 text-sm font-medium">{common('text')}</h2>
        {live && (
          <Button
            size="sm"
            variant="ghost"
            aria-pressed={following}
            onClick={() => setFollowing(!following)}
            className={following ? 'text-accent!' : ''}
          >
            <ArrowDownToLine aria-hidden="true" /> {t('follow')}
          </Button>
        )}
      </div>
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-6">
        <div className="relative" style={{ height: rows.getTotalSize() }}>
          <div
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${items[0]?.start ?? 0}px)` }}
          >
            {items.map(({ index, key }) => {
              const page = pages[index];
              return page ? (
                <div key={key} data-index={index} ref={rows.measureElement}>
                  <StreamedPage documentId={documentId} page={page} onOpen={onOpen} />
                </div>
              ) : null;
            })}
          </div>
        </div>
      </div>
    </section>
  );
}

const StreamedPage = memo(function StreamedPage({
  documentId,
  page,
  onOpen,
}: {
  documentId: string;
  page: Page;
  onOpen: (page: number) => void;
}) {
  const t = useTranslations('common');
  const { caption } = usePageWords();
  const text = usePageText(documentId, page).data?.text;
  return (
    <article
      aria-label={t('page', { page: page.number })}
      className="border-b border-dashed border-line-strong pt-4 pb-6"
    >
      <h3 className="mb-2.5 flex items-baseline justify-between text-xs text-ink-muted tabular-nums">
        <button
          type="button"
          className="font-medium hover:text-ink hover:underline"
          onClick={() => onOpen(page.number)}
        >
          {t('page', { page: page.number })}
        </button>
        <span>{caption(page)}</span>
      </h3>
      <StreamedText page={page} text={text} />
    </article>
  );
});

function StreamedText({ page, text }: { page: Page; text: string | undefined }) {
  const t = useTranslations('viewer');
  const words = useServerWords();
  if (page.status === 'failed')
    return <p className="text-sm text-danger">{page.error && words.failure(page.error)}</p>;
  if (page.status === 'canceled')
    return <p className="text-sm text-ink-muted italic">{t('notRead')}</p>;
  if (page.status !== 'completed' || text === undefined)
    return <TextSkeleton words={page.wordCount ?? 0} still={page.status !== 'completed'} />;
  if (text === '') return <p className="text-sm text-ink-muted italic">{t('noText')}</p>;
  return (
    <div className="animate-enter">
      <PageText text={text} />
    </div>
  );
}

/** Keeps the page that was read last in view, until someone scrolls. */
function useFollowing(live: boolean, last: number, scrollTo: (index: number) => void) {
  const [following, setFollowing] = useState(true);
  const latest = useRef(scrollTo);
  useEffect(() => {
    latest.current = scrollTo;
  });
  useEffect(() => {
    if (live && following && last > 0) latest.current(last);
  }, [live, following, last]);
  return [following, setFollowing] as const;
}

/** The index up to which every page is read. */
function lastRead(pages: Page[]): number {
  const unread = pages.findIndex(({ status }) => status === 'pending' || status === 'processing');
  return (unread < 0 ? pages.length : unread) - 1;
}
