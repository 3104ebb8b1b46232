'use client';

import { useEffectEvent, useLayoutEffect } from 'react';

/** Where keys are for typing, or for something of their own. */
const TAKEN =
  'input, textarea, select, [contenteditable], [role="menu"], [role="menuitem"], [role="dialog"], [role="slider"]';

/** One that has just opened has the keys before it has the focus. A message is not modal, and takes none. */
const OPENED = '[role="dialog"]:not([aria-modal="false"])';

/** Keys that work wherever the focus is, as `n`, `shift+n`, `enter`, `?`. */
export function useHotkeys(keys: Record<string, (event: KeyboardEvent) => void>): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest(TAKEN)) return;
    if (document.querySelector(OPENED)) return;
    const action = keys[nameOf(event)];
    if (!action) return;
    // A focused button takes Enter for itself.
    if (event.key === 'Enter' && event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    action(event);
  });
  // With what is shown, not a moment after it.
  useLayoutEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listener, { capture: true });
    return () => window.removeEventListener('keydown', listener, { capture: true });
  }, []);
}

function nameOf({ key, shiftKey }: KeyboardEvent): string {
  const letter = /^\p{L}$/u.test(key);
  return shiftKey && letter ? `shift+${key.toLowerCase()}` : key.toLowerCase();
}
