'use client';

import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';

/** Milliseconds of pointing until the first is shown, and in which a next one need not wait. */
const DELAY = 500;
const GRACE = 300;

const TooltipPopup = dynamic(
  () => import('./tooltip-popup.tsx').then((loaded) => loaded.TooltipPopup),
  {
    ssr: false,
  },
);

/** Names of the `data-tooltip` that is pointed at, or that has come into focus by keyboard. */
export function Tooltips() {
  const anchor = useAnchor();
  return anchor && <TooltipPopup anchor={anchor} />;
}

function useAnchor(): HTMLElement | null {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  useEffect(() => {
    const listeners = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let wanted: HTMLElement | null = null;
    let hiddenAt = 0;
    const want = (element: HTMLElement | null, delay: number) => {
      if (element === wanted) return;
      clearTimeout(timer);
      if (wanted) hiddenAt = Date.now();
      wanted = element;
      setAnchor(null);
      if (element) timer = setTimeout(() => setAnchor(isOpen(element) ? null : element), delay);
    };
    const hide = () => want(null, 0);
    const on = <K extends keyof DocumentEventMap>(
      type: K,
      act: (event: DocumentEventMap[K]) => void,
    ) => document.addEventListener(type, act, { capture: true, signal: listeners.signal });
    on('pointerover', ({ target, pointerType }) => {
      if (pointerType === 'touch') return;
      want(namedBy(target), Date.now() - hiddenAt < GRACE ? 0 : DELAY);
    });
    on('focusin', ({ target }) => {
      if (target instanceof Element && target.matches(':focus-visible')) want(namedBy(target), 0);
    });
    on('focusout', hide);
    on('pointerdown', hide);
    on('scroll', hide);
    on('keydown', ({ key }) => key === 'Escape' && hide());
    return () => {
      clearTimeout(timer);
      listeners.abort();
    };
  }, []);
  return anchor;
}

/** Whether its menu is open, which says more. */
function isOpen(element: HTMLElement): boolean {
  return element.getAttribute('aria-expanded') === 'true';
}

function namedBy(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-tooltip]') : null;
}
