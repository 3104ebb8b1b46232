'use client';

import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { useServerWords } from '../i18n/i18n-provider.tsx';
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
  const t = useTranslations('page');
  const words = useServerWords();
  if (page.status === 'failed') {
    return (
      <p role="alert" className="rounded-lg bg-danger-soft px-4 py-3 text-sm text-danger">
        {page.error && words.failure(page.error)}{' '}
        <code className="font-mono text-xs">{page.error?.code}</code>
      </p>
    );
  }
  if (page.status === 'canceled') return <Quiet>{t('canceled')}</Quiet>;
  if (page.status !== 'completed') return <TextSkeleton />;
  if (page.source === 'blank' || text === '') return <Quiet>{t('empty')}</Quiet>;
  if (traced) return <WordText traced={traced} threshold={threshold} word={word} />;
  if (text === undefined) return <TextSkeleton words={page.wordCount ?? 0} />;
  return <PageText text={text} />;
}

function Quiet({ children }: { children: ReactNode }) {
  return <p className="text-sm text-ink-muted italic">{children}</p>;
}
