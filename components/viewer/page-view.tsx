'use client';

import { useMemo, useState } from 'react';
import type { Page } from '../data/trpc.ts';
import { PageImage } from './page-image.tsx';
import { PageTextPanel } from './page-text-panel.tsx';
import { PageToolbar } from './page-toolbar.tsx';
import { usePageLayout } from './use-page-text.ts';
import { placeWords } from './words.ts';

/** One page: its picture and, beside or below it, its text; a word pointed at in one lights in both. */
export function PageView({
  documentId,
  page,
  total,
  previous,
  next,
  onSelect,
  onRetry,
}: {
  documentId: string;
  page: Page;
  total: number;
  previous: number | undefined;
  next: number | undefined;
  onSelect: (page: number | null) => void;
  onRetry: (page: number) => void;
}) {
  const layout = usePageLayout(documentId, page).data;
  const blocks = useMemo(() => (layout ? placeWords(layout) : undefined), [layout]);
  const [pointed, setPointed] = useState<number | null>(null);
  const placed = layout && blocks ? { size: layout, blocks } : undefined;
  return (
    <section aria-label={`Page ${page.number}`} className="flex h-full min-h-0 flex-col">
      <PageToolbar page={page} total={total} previous={previous} next={next} onSelect={onSelect} />
      <div className="min-h-0 flex-1 overflow-y-auto lg:grid lg:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)] lg:overflow-hidden">
        <section
          aria-label="Picture of the page"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          className="bg-sunken p-4 outline-offset-[-2px] sm:p-6 lg:overflow-y-auto"
        >
          <PageImage
            documentId={documentId}
            page={page}
            placed={placed}
            pointed={pointed}
            onPoint={setPointed}
          />
        </section>
        <div className="lg:overflow-y-auto lg:border-l lg:border-line">
          <PageTextPanel
            documentId={documentId}
            page={page}
            blocks={blocks}
            pointed={pointed}
            onPoint={setPointed}
            onRetry={onRetry}
          />
        </div>
      </div>
    </section>
  );
}
