'use client';

import { useTranslations } from 'use-intl/react';
import { EnginePicker } from '../upload/engine-picker.tsx';
import { FileButton } from '../upload/file-button.tsx';
import { LanguagePicker } from '../upload/language-picker.tsx';
import { OptionsButton } from '../upload/options-button.tsx';

/** The invitation above the list: a strip of continuous paper. */
export function DropBar() {
  const t = useTranslations('documents.drop');
  return (
    <div className="perforated rounded-2xl bg-surface px-5 py-5 shadow-paper sm:px-7">
      <div className="flex flex-col gap-4 md:flex-row md:items-center">
        <div className="min-w-0 flex-1">
          <p className="font-serif text-2xl font-medium tracking-tight">
            <span className="pointer-coarse:hidden">{t('title')}</span>
            <span className="hidden pointer-coarse:inline">{t('titleTouch')}</span>
          </p>
          <p className="mt-1 text-sm text-ink-muted">
            {t('kinds')} <span className="pointer-coarse:hidden">{t('paste')}</span>
          </p>
        </div>
        <div className="flex flex-wrap gap-2.5">
          <LanguagePicker />
          <EnginePicker />
          <OptionsButton />
          <FileButton />
        </div>
      </div>
    </div>
  );
}
