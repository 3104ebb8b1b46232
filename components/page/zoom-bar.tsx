'use client';

import { Minus, MoveHorizontal, Plus, RotateCw, Scan } from 'lucide-react';
import { cn } from '../ui/cn.ts';
import { IconButton } from '../ui/icon-button.tsx';
import type { StageKeys } from './use-stage-keys.ts';

const percent = new Intl.NumberFormat('en', { style: 'percent' });

/** How large the page is shown. */
export function ZoomBar({ zoom, rotate }: StageKeys) {
  const pressed = (fit: 'width' | 'page') => ({
    'aria-pressed': zoom.zoom === fit,
    className: cn(zoom.zoom === fit && 'text-accent hover:text-accent'),
  });
  return (
    <div
      role="toolbar"
      aria-label="Zoom"
      className="absolute bottom-3 left-1/2 flex -translate-x-1/2 items-center gap-0.5 rounded-xl bg-surface p-1 shadow-pop"
    >
      <IconButton label="Zoom out" onClick={() => zoom.step(-1)}>
        <Minus />
      </IconButton>
      <output className="w-12 text-center text-xs text-ink-muted tabular-nums" aria-label="Zoom">
        {percent.format(zoom.scale)}
      </output>
      <IconButton label="Zoom in" onClick={() => zoom.step(1)}>
        <Plus />
      </IconButton>
      <IconButton label="Fit the width" onClick={() => zoom.fit('width')} {...pressed('width')}>
        <MoveHorizontal />
      </IconButton>
      <IconButton label="Fit the page" onClick={() => zoom.fit('page')} {...pressed('page')}>
        <Scan />
      </IconButton>
      <IconButton label="Turn the view" onClick={rotate}>
        <RotateCw />
      </IconButton>
    </div>
  );
}
