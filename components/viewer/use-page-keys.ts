'use client';

import { useEffectEvent, useLayoutEffect } from 'react';

const INTERACTIVE =
  'input, textarea, select, [contenteditable], [role="menu"], [role="menuitem"], [role="dialog"]';

/** Left and right turn pages wherever the focus is, Escape closes the open one. */
export function usePageKeys({
  open,
  previous,
  next,
  select,
}: {
  /** Whether a page is open, and the numbers of its neighbours. */
  open: boolean;
  previous: number | undefined;
  next: number | undefined;
  select: (page: number | null) => void;
}) {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!open || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target instanceof Element && event.target.closest(INTERACTIVE)) return;
    if (event.key === 'Escape') select(null);
    if (event.key === 'ArrowLeft' && previous !== undefined) select(previous);
    if (event.key === 'ArrowRight' && next !== undefined) select(next);
  });
  useLayoutEffect(() => {
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
