'use client';

import { type PointerEvent, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { TracedLayout } from '#server/corrections/apply.ts';
import type { Page } from '../data/trpc.ts';
import { segmentOf, useLitWord } from './light-up.ts';
import { PagePicture } from './page-picture.tsx';
import { TextLayer } from './text-layer.tsx';
import { useGestures } from './use-gestures.ts';
import { type StageKeys, useStageKeys } from './use-stage-keys.ts';
import type { WordChoice } from './use-word.ts';
import { MARGIN, useZoom } from './use-zoom.ts';
import { realSize } from './zoom.ts';
import { ZoomBar } from './zoom-bar.tsx';

/** The picture of a page, to be looked at closely, with its words on it. */
export function Stage({
  documentId,
  page,
  traced,
  threshold,
  word,
}: {
  documentId: string;
  page: Page;
  traced: TracedLayout | undefined;
  threshold: number;
  word: WordChoice;
}) {
  const t = useTranslations('page.picture');
  const scroller = useRef<HTMLElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const [turn, setTurn] = useState(0);
  const pixels = traced?.layout ?? page.image ?? A4;
  const real = realSize(pixels, traced?.layout.dpi, turn);
  const zoom = useZoom(scroller, sheet, real);
  const { onKeyDown } = useGestures(scroller, zoom);
  const keys: StageKeys = { zoom, rotate: () => setTurn((known) => (known + 90) % 360) };
  useStageKeys(keys);
  useLitWord(layer, word.pointed, 'is-pointed', traced);
  useLitWord(layer, word.chosen, 'is-chosen', traced);
  const sideways = turn % 180 !== 0;
  const { width, height } = zoom.shown;
  return (
    <div className="relative h-full min-h-0 bg-sunken">
      <section
        ref={scroller}
        aria-label={t('label')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="grid size-full cursor-grab touch-pan-x touch-pan-y overflow-auto overscroll-contain outline-offset-[-2px] active:cursor-grabbing"
        style={{ padding: MARGIN, scrollbarGutter: 'stable' }}
        onKeyDown={onKeyDown}
        onPointerOver={(event: PointerEvent) => word.point(segmentOf(event))}
        onPointerLeave={() => word.point(null)}
        onClick={(event) => {
          const segment = segmentOf(event);
          if (segment !== null && getSelection()?.isCollapsed !== false) word.choose(segment);
        }}
      >
        <div ref={sheet} className="relative m-auto shrink-0" style={{ width, height }}>
          <div
            className="absolute top-1/2 left-1/2 overflow-hidden rounded-[3px] bg-paper shadow-paper"
            style={{
              width: sideways ? height : width,
              height: sideways ? width : height,
              transform: `translate(-50%, -50%) rotate(${turn}deg)`,
            }}
          >
            <PagePicture
              documentId={documentId}
              page={page}
              shownWidth={sideways ? height : width}
            />
            {traced && page.image && (
              <TextLayer ref={layer} traced={traced} threshold={threshold} />
            )}
          </div>
        </div>
      </section>
      {page.image && <ZoomBar {...keys} />}
    </div>
  );
}

/** Pixels at 150 dpi. */
const A4 = { width: 1_240, height: 1_754 };
