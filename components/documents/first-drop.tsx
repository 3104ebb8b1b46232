'use client';

import { useTranslations } from 'use-intl/react';
import { FanfoldArt } from '../brand/fanfold-art.tsx';
import { EnginePicker } from '../upload/engine-picker.tsx';
import { FileButton } from '../upload/file-button.tsx';
import { LanguagePicker } from '../upload/language-picker.tsx';
import { OptionsButton } from '../upload/options-button.tsx';

const PASTE_KEYS = 'Ctrl V';

/** What someone sees who has no documents yet. */
export function FirstDrop() {
  const t = useTranslations('documents.first');
  return (
    <div className="mx-auto flex w-full max-w-3xl animate-enter flex-col items-center px-6 pt-10 pb-16 text-center sm:pt-16">
      <FanfoldArt className="w-64 sm:w-80" />
      <h1 className="mt-10 font-serif text-4xl leading-[1.1] font-medium tracking-tight text-balance sm:text-[3.25rem]">
        {t('title')}
      </h1>
      <p className="mt-5 max-w-xl text-ink-muted text-pretty sm:text-lg">{t('text')}</p>
      <div className="mt-8 flex flex-wrap justify-center gap-2.5">
        <FileButton />
        <LanguagePicker />
        <EnginePicker />
        <OptionsButton />
      </div>
      <p className="mt-6 text-[13px] text-ink-muted">
        {t('kinds')}{' '}
        <span className="pointer-coarse:hidden">
          {t.rich('paste', {
            key: () => (
              <kbd className="rounded border border-line-strong bg-surface px-1.5 py-0.5 font-sans text-xs">
                {PASTE_KEYS}
              </kbd>
            ),
          })}
        </span>
      </p>
    </div>
  );
}
