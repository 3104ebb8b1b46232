'use client';

import { useTranslations } from 'use-intl/react';
import type { Overview } from '#server/operations/overview.ts';
import { useFormat } from '../i18n/use-format.ts';

export function Workers({ workers }: { workers: Overview['workers'] }) {
  const t = useTranslations('operations.workers');
  const format = useFormat();
  if (workers.length === 0) {
    return <p className="px-4 py-5 text-ink-muted">{t('none')}</p>;
  }
  const now = Date.now();
  return (
    <ul className="divide-y divide-line">
      {workers.map(({ name, pages, lastStartedAt }) => (
        <li key={name} className="flex flex-wrap items-baseline gap-x-4 px-4 py-2.5 text-sm">
          <code className="min-w-0 flex-1 truncate font-mono text-[13px]">{name}</code>
          <span className="text-ink-muted">
            {pages > 0
              ? t('reading', { count: pages, age: format.age(lastStartedAt, now) })
              : t('idle', { age: format.age(lastStartedAt, now) })}
          </span>
        </li>
      ))}
    </ul>
  );
}
