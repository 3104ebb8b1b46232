'use client';

import { useCallback } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { languageName } from './languages.ts';

/** What people call one of Tesseract's languages. */
export function useLanguageName(): (code: string) => string {
  const tag = useLocale();
  const t = useTranslations('upload.languages.variants');
  return useCallback((code) => languageName(code, tag, (variant) => t(variant)), [tag, t]);
}
