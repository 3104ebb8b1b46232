'use client';

import { useTheme } from 'next-themes';
import { useEffect } from 'react';
import { Toaster as Sonner } from 'sonner';
import { useTranslations } from 'use-intl/react';
import { toasts } from './toast.ts';

export function Toaster() {
  const t = useTranslations('shell');
  const { resolvedTheme } = useTheme();
  useEffect(toasts.ready, []);
  return (
    <Sonner
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      containerAriaLabel={t('notifications')}
      position="bottom-right"
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-(--width) items-center gap-3 rounded-xl bg-ink px-4 py-3 text-sm text-canvas shadow-pop font-sans',
          content: 'min-w-0 flex-1',
          title: 'font-medium break-words',
          description: 'mt-0.5 text-canvas/75! break-words',
          icon: 'hidden',
          actionButton:
            'shrink-0 rounded-md px-2.5 py-1 font-medium ring-1 ring-canvas/30 hover:bg-canvas/12 focus-visible:outline-canvas',
        },
      }}
    />
  );
}
