'use client';

import { useCallback } from 'react';
import { useTranslations } from 'use-intl/react';
import { ENGINE_NAMES } from '#server/engines/names.ts';

/** What people call an engine; its own name where it is not known. */
export function useEngineLabel(): (name: string) => string {
  const t = useTranslations('upload.engines');
  return useCallback(
    (name) => {
      const known = ENGINE_NAMES.find((one) => one === name);
      return known ? t(known) : name;
    },
    [t],
  );
}
