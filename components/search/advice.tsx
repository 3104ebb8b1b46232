'use client';

import { useTranslations } from 'use-intl/react';

/** How one can search; and that there is nothing, where there is. */
export function Advice({ nothing = false }: { nothing?: boolean }) {
  const t = useTranslations('search');
  return (
    <div className="mt-6 rounded-2xl bg-surface px-6 py-10 shadow-paper">
      {nothing && <p className="mb-2 font-medium">{t('nothing')}</p>}
      <p className="text-sm text-ink-muted">
        {t.rich('advice', {
          i: (words) => <i>{words}</i>,
          code: () => (
            <kbd className="font-mono text-[13px] whitespace-nowrap text-ink">{t('example')}</kbd>
          ),
        })}
      </p>
    </div>
  );
}
