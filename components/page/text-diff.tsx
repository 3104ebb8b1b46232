'use client';

import { diffWordsWithSpace } from 'diff';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';

/** Two texts side by side, with what is only in the one or the other. */
export function TextDiff({ before, after }: { before: string; after: string }) {
  const t = useTranslations('page.reread');
  const parts = useMemo(() => diffWordsWithSpace(before, after), [before, after]);
  const style =
    'min-w-0 font-serif text-[15px] leading-relaxed break-words whitespace-pre-wrap text-ink';
  return (
    <div className="grid gap-6 md:grid-cols-2">
      <section aria-label={t('now')}>
        <h3 className="mb-2 text-[13px] font-medium text-ink-muted">{t('now')}</h3>
        <p dir="auto" className={style}>
          {parts.map(({ value, added, removed }, index) =>
            added ? null : removed ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name
              <del key={index} className="rounded-[2px] bg-danger-soft text-danger">
                {value}
              </del>
            ) : (
              value
            ),
          )}
        </p>
      </section>
      <section aria-label={t('new')}>
        <h3 className="mb-2 text-[13px] font-medium text-ink-muted">{t('new')}</h3>
        <p dir="auto" className={style}>
          {parts.map(({ value, added, removed }, index) =>
            removed ? null : added ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name
              <ins key={index} className="rounded-[2px] bg-accent-soft text-accent no-underline">
                {value}
              </ins>
            ) : (
              value
            ),
          )}
        </p>
      </section>
    </div>
  );
}
