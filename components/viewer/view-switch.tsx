'use client';

import { useTranslations } from 'use-intl/react';
import { cn } from '../ui/cn.ts';

export type View = 'pages' | 'page' | 'text';

const VIEWS: View[] = ['pages', 'page', 'text'];

/** On narrow screens: which of the three parts is shown. */
export function ViewSwitch({ view, onChange }: { view: View; onChange: (view: View) => void }) {
  const t = useTranslations('viewer');
  return (
    <fieldset
      aria-label={t('view')}
      className="mx-4 my-2.5 grid shrink-0 grid-cols-3 rounded-lg bg-ink/6 p-0.5 sm:mx-6"
    >
      {VIEWS.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={view === name}
          onClick={() => onChange(name)}
          className={cn(
            'h-8 rounded-md text-[13px] font-medium text-ink-muted transition-colors',
            view === name && 'bg-surface text-ink! shadow-xs dark:bg-line-strong',
          )}
        >
          {t(`views.${name}`)}
        </button>
      ))}
    </fieldset>
  );
}
