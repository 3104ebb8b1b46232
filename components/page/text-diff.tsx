'use client';

import { type ChangeObject, diffWordsWithSpace } from 'diff';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';

/**
 * What is only in the one or the other of two texts: as one text where there is little room, side by
 * side where there is more.
 */
export function TextDiff({ before, after }: { before: string; after: string }) {
  const t = useTranslations('page.reread');
  const parts = useMemo(() => diffWordsWithSpace(before, after), [before, after]);
  if (before === after) return <Parts title={t('same')} parts={parts} />;
  return (
    <div className="@container">
      <div className="@2xl:hidden">
        <Parts title={t('changes')} parts={parts} />
      </div>
      <div className="hidden grid-cols-2 gap-6 @2xl:grid">
        <Parts title={t('now')} parts={parts.filter(({ added }) => !added)} />
        <Parts title={t('new')} parts={parts.filter(({ removed }) => !removed)} />
      </div>
    </div>
  );
}

function Parts({ title, parts }: { title: string; parts: ChangeObject<string>[] }) {
  return (
    <section aria-label={title} className="min-w-0">
      <h4 className="mb-2 text-[13px] font-medium text-ink-muted">{title}</h4>
      <p
        dir="auto"
        className="font-serif text-[15px] leading-relaxed break-words whitespace-pre-wrap text-ink"
      >
        {parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name
          <Part key={index} part={part} />
        ))}
      </p>
    </section>
  );
}

function Part({ part: { value, added, removed } }: { part: ChangeObject<string> }) {
  if (removed) {
    // Beside the new text, its column says what it is.
    return (
      <del className="rounded-[2px] bg-danger-soft text-danger @2xl:no-underline">{value}</del>
    );
  }
  if (!added) return value;
  return (
    <ins className="rounded-[2px] bg-accent-soft text-accent no-underline [del+&]:ms-1">
      {value}
    </ins>
  );
}
