'use client';

import { useMemo } from 'react';
import type { DocumentDetail, Page } from '../data/trpc.ts';
import { useNow } from '../data/use-now.ts';
import { countOf, formatClock, formatNumber } from '../documents/format.ts';
import { isUnderWay } from '../documents/states.ts';
import { Dot } from './dot.tsx';
import { formatRemaining, measurePace, type Pace } from './pace.ts';

/** Milliseconds. */
const TICK = 1_000;

/** Pages, place in the queue, elapsed time, speed and what is left, as far as each is known. */
export function Facts({ document, pages }: { document: DocumentDetail; pages: Page[] }) {
  const live = isUnderWay(document.status);
  const now = useNow(live ? TICK : null);
  const until = live || !document.finishedAt ? now : Date.parse(document.finishedAt);
  const pace = useMemo(() => measurePace(pages, until), [pages, until]);
  return facts(document, pace, until).map((fact) => (
    <span key={fact.key} className="contents">
      <Dot />
      <span>{fact.text}</span>
    </span>
  ));
}

interface Fact {
  key: string;
  text: string;
}

function facts(document: DocumentDetail, pace: Pace, until: number): Fact[] {
  const { status, ahead } = document;
  const known: Fact[] = [{ key: 'pages', text: pagesFact(document) }];
  if (ahead) known.push({ key: 'ahead', text: aheadFact(ahead) });
  if (pace.since !== null) known.push({ key: 'elapsed', text: formatClock(until - pace.since) });
  if (pace.pagesPerMinute !== null) {
    known.push({ key: 'speed', text: `${speed(pace.pagesPerMinute)} pages/min` });
  }
  if (pace.remaining !== null && status === 'processing') {
    known.push({ key: 'left', text: formatRemaining(pace.remaining) });
  }
  return known.filter(({ text }) => text !== '');
}

function pagesFact(document: DocumentDetail): string {
  const { pageCount, filePageCount, pagesCompleted, status } = document;
  if (pageCount === null) return '';
  const asked = filePageCount === pageCount ? '' : ` asked for of ${filePageCount}`;
  if (status === 'completed') return countOf(pageCount, 'page') + asked;
  return `${formatNumber(pagesCompleted)} of ${countOf(pageCount, 'page')}${asked}`;
}

function aheadFact({ documents, pages }: { documents: number; pages: number }): string {
  return `${countOf(documents, 'document')} (${countOf(pages, 'page')}) ahead of yours`;
}

function speed(perMinute: number): string {
  return perMinute < 10 ? perMinute.toFixed(1) : formatNumber(Math.round(perMinute));
}
