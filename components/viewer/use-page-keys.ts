'use client';

import { useEffect, useEffectEvent } from 'react';

const INTERACTIVE = 'input, textarea, select, [contenteditable], [role="menu"], [role="menuitem"]';

/** Left and right turn pages wherever the focus is, Escape closes the open one. */
export function usePageKeys(
  selected: number | null,
  total: number,
  select: (page: number | null) => void,
) {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (selected === null || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target instanceof Element && event.target.closest(INTERACTIVE)) return;
    if (event.key === 'Escape') select(null);
    if (event.key === 'ArrowLeft' && selected > 1) select(selected - 1);
    if (event.key === 'ArrowRight' && selected < total) select(selected + 1);
  });
  useEffect(() => {
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
