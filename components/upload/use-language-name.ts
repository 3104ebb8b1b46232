'use client';

import { useCallback } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { AUTO, languageName } from './languages.ts';

/** What people call one of Tesseract's languages. */
export function useLanguageName(): (code: string) => string {
  const tag = useLocale();
  const t = useTranslations('upload.languages');
  return useCallback(
    (code) =>
      code === AUTO ? t('auto') : languageName(code, tag, (part) => t(`variants.${part}`)),
    [tag, t],
  );
}
