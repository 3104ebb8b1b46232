'use client';

import type { ReactNode } from 'react';
import { PageText } from '../viewer/page-text.tsx';
import { TextSkeleton } from '../viewer/text-skeleton.tsx';
import type { PagePanelProps } from './page-panel.tsx';
import { WordText } from './word-text.tsx';

/** The text of a page, or why there is none. */
export function PageBody({
  page,
  text,
  traced,
  threshold,
  word,
}: PagePanelProps & { text: string | undefined }) {
  if (page.status === 'failed') {
    return (
      <p role="alert" className="rounded-lg bg-danger-soft px-4 py-3 text-sm text-danger">
        {page.error?.sentence} <code className="font-mono text-xs">{page.error?.code}</code>
      </p>
    );
  }
  if (page.status === 'canceled')
    return <Quiet>This page was not read: the document was canceled.</Quiet>;
  if (page.status !== 'completed') return <TextSkeleton />;
  if (page.source === 'blank' || text === '') return <Quiet>There is no text on this page.</Quiet>;
  if (traced) return <WordText traced={traced} threshold={threshold} word={word} />;
  if (text === undefined) return <TextSkeleton words={page.wordCount ?? 0} />;
  return <PageText text={text} />;
}

function Quiet({ children }: { children: ReactNode }) {
  return <p className="text-sm text-ink-muted italic">{children}</p>;
}
