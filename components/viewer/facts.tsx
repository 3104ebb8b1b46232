'use client';

import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import type { DocumentDetail, Page } from '../data/trpc.ts';
import { useNow } from '../data/use-now.ts';
import { isUnderWay } from '../documents/states.ts';
import { useProgressText } from '../documents/use-progress-text.ts';
import { formatClock } from '../i18n/format.ts';
import { useFormat } from '../i18n/use-format.ts';
import { Dot } from './dot.tsx';
import { measurePace, type Pace, type Remaining, roundRemaining } from './pace.ts';

/** Milliseconds. */
const TICK = 1_000;

/** Pages, place in the queue, elapsed time, speed and what is left, as far as each is known. */
export function Facts({ document, pages }: { document: DocumentDetail; pages: Page[] }) {
  const live = isUnderWay(document.status);
  const now = useNow(live ? TICK : null);
  const until = live || !document.finishedAt ? now : Date.parse(document.finishedAt);
  const pace = useMemo(() => measurePace(pages, until), [pages, until]);
  const words = useFactWords();
  return factsOf(document, pace, until, words).map(({ key, text }) => (
    <span key={key} className="contents">
      <Dot />
      <span>{text}</span>
    </span>
  ));
}

interface Fact {
  key: string;
  text: string;
}

function factsOf(
  document: DocumentDetail,
  pace: Pace,
  until: number,
  words: ReturnType<typeof useFactWords>,
): Fact[] {
  const { status, ahead, pageCount } = document;
  const known: Fact[] = [];
  if (pageCount !== null) known.push({ key: 'pages', text: words.pages(document) });
  if (ahead) known.push({ key: 'ahead', text: words.ahead(ahead) });
  if (pace.since !== null) known.push({ key: 'elapsed', text: formatClock(until - pace.since) });
  if (pace.pagesPerMinute !== null) {
    known.push({ key: 'speed', text: words.speed(pace.pagesPerMinute) });
  }
  if (pace.remaining !== null && status === 'processing') {
    known.push({ key: 'left', text: words.left(roundRemaining(pace.remaining)) });
  }
  return known;
}

function useFactWords() {
  const t = useTranslations('viewer.facts');
  const progress = useProgressText();
  const format = useFormat();
  return {
    pages(document: DocumentDetail) {
      const { pageCount, filePageCount } = document;
      const pages = progress.short(document);
      if (filePageCount === null || filePageCount === pageCount) return pages;
      return t('asked', { pages, total: filePageCount });
    },
    ahead: (ahead: { documents: number; pages: number }) => t('ahead', ahead),
    speed: (perMinute: number) =>
      t('speed', { pages: format.fixed(perMinute, perMinute < 10 ? 1 : 0) }),
    left({ hours, minutes }: Remaining) {
      if (hours === 0) return minutes === 0 ? t('momentLeft') : t('minutesLeft', { minutes });
      return minutes === 0
        ? t('hoursLeft', { hours })
        : t('hoursAndMinutesLeft', { hours, minutes });
    },
  };
}
