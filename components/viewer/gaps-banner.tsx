'use client';

import { TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Page } from '../data/trpc.ts';
import { useServerWords } from '../i18n/i18n-provider.tsx';
import { type FailedGroup, groupFailedPages } from './failed-pages.ts';

/** Reasons, and page numbers of one reason, that are named. */
const MOST_GROUPS = 3;
const MOST_PAGES = 12;

/** Names the pages that are missing from the text, and why. */
export function GapsBanner({ pages, onOpen }: { pages: Page[]; onOpen: (page: number) => void }) {
  const t = useTranslations('viewer.gaps');
  const groups = useMemo(() => groupFailedPages(pages), [pages]);
  const count = groups.reduce((sum, group) => sum + group.pages.length, 0);
  if (count === 0) return null;
  return (
    <div className="flex shrink-0 gap-3 border-b border-line bg-warn-soft px-4 py-3 text-sm sm:px-6">
      <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden="true" />
      <div className="min-w-0">
        <p className="font-medium">{t('title', { count, total: pages.length })}</p>
        <ul className="mt-0.5 text-ink-muted">
          {groups.slice(0, MOST_GROUPS).map((group) => (
            <Group key={group.sentence} group={group} onOpen={onOpen} />
          ))}
          {groups.length > MOST_GROUPS && (
            <li>{t('reasons', { count: groups.length - MOST_GROUPS })}</li>
          )}
        </ul>
      </div>
    </div>
  );
}

function Group({ group, onOpen }: { group: FailedGroup; onOpen: (page: number) => void }) {
  const t = useTranslations('viewer.gaps');
  const words = useServerWords();
  const more = group.pages.length - MOST_PAGES;
  const values = {
    count: group.pages.length,
    reason: words.failure(group),
    pages: () => <PageLinks pages={group.pages.slice(0, MOST_PAGES)} onOpen={onOpen} />,
  };
  return (
    <li>{more > 0 ? t.rich('groupAndMore', { ...values, more }) : t.rich('group', values)}</li>
  );
}

function PageLinks({ pages, onOpen }: { pages: number[]; onOpen: (page: number) => void }) {
  return pages.map((page, index) => (
    <span key={page}>
      {index > 0 && ', '}
      <button
        type="button"
        className="font-medium text-ink tabular-nums underline decoration-line-strong underline-offset-2 hover:decoration-ink"
        onClick={() => onOpen(page)}
      >
        {page}
      </button>
    </span>
  ));
}
