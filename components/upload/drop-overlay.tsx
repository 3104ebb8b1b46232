'use client';

import { useTranslations } from 'use-intl/react';
import { LogoMark } from '../brand/logo.tsx';

/** Covers the window while files are held over it. */
export function DropOverlay() {
  const t = useTranslations('upload');
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none fixed inset-0 z-50 grid animate-[enter_140ms_ease-out_both] place-items-center bg-canvas/85 p-4 backdrop-blur-sm"
    >
      <div className="perforated grid size-full place-items-center rounded-2xl border-2 border-dashed border-accent bg-accent-soft/60">
        <div className="flex flex-col items-center gap-4 text-center">
          <LogoMark className="size-14" />
          <p className="font-serif text-4xl font-medium tracking-tight">{t('letGo')}</p>
          <p className="text-ink-muted">{t('asManyAsYouLike')}</p>
        </div>
      </div>
    </div>
  );
}
