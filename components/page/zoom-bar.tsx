'use client';

import { Minus, MoveHorizontal, Plus, RotateCw, Scan } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { useFormat } from '../i18n/use-format.ts';
import { cn } from '../ui/cn.ts';
import { IconButton } from '../ui/icon-button.tsx';
import type { StageKeys } from './use-stage-keys.ts';

/** How large the page is shown. */
export function ZoomBar({ zoom, rotate }: StageKeys) {
  const t = useTranslations('page.zoom');
  const format = useFormat();
  const pressed = (fit: 'width' | 'page') => ({
    'aria-pressed': zoom.zoom === fit,
    className: cn(zoom.zoom === fit && 'text-accent!'),
  });
  return (
    <div
      role="toolbar"
      aria-label={t('label')}
      className="absolute bottom-3 left-1/2 flex -translate-x-1/2 items-center gap-0.5 rounded-xl bg-surface p-1 shadow-pop"
    >
      <IconButton label={t('out')} onClick={() => zoom.step(-1)}>
        <Minus />
      </IconButton>
      <output
        className="w-12 text-center text-xs text-ink-muted tabular-nums"
        aria-label={t('label')}
      >
        {format.percent(100 * zoom.scale)}
      </output>
      <IconButton label={t('in')} onClick={() => zoom.step(1)}>
        <Plus />
      </IconButton>
      <IconButton label={t('width')} onClick={() => zoom.fit('width')} {...pressed('width')}>
        <MoveHorizontal />
      </IconButton>
      <IconButton label={t('page')} onClick={() => zoom.fit('page')} {...pressed('page')}>
        <Scan />
      </IconButton>
      <IconButton label={t('turn')} onClick={rotate}>
        <RotateCw />
      </IconButton>
    </div>
  );
}
