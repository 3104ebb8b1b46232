'use client';

import { useTransition } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { isLanguage, LANGUAGES } from '../i18n/languages.ts';
import { rememberLanguage } from '../i18n/remember-language.ts';
import { toast } from '../ui/toast.ts';

/** Chooses the language of the interface. What goes on in the tab goes on. */
export function LanguageSwitch() {
  const t = useTranslations('shell');
  const [, startTransition] = useTransition();
  const [code = ''] = useLocale().split('-');
  const language = isLanguage(code) ? code : 'en';
  return (
    <span className="relative grid h-8 shrink-0 place-items-center rounded-lg px-2 text-[13px] font-medium text-ink-muted uppercase transition-colors hover:bg-ink/6 hover:text-ink has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-accent">
      <span aria-hidden="true">{language}</span>
      <select
        aria-label={t('language', { language: LANGUAGES[language] })}
        value={language}
        onChange={({ target: { value } }) =>
          startTransition(() => rememberLanguage(value).catch(() => toast(t('languageFailed'))))
        }
        className="absolute inset-0 size-full cursor-pointer appearance-none text-base opacity-0"
      >
        {Object.entries(LANGUAGES).map(([value, name]) => (
          <option key={value} value={value} lang={value}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
}
