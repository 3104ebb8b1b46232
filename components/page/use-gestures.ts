'use client';

import { useGesture } from '@use-gesture/react';
import type { KeyboardEvent, RefObject } from 'react';
import type { ZoomControl } from './use-zoom.ts';

/** Pixels that an arrow key moves a page by. */
const NUDGE = 80;

/** Pan by mouse and keys, zoom by pinch and by wheel with Ctrl; a finger scrolls by itself. */
export function useGestures(
  scroller: RefObject<HTMLElement | null>,
  { scale, zoomTo }: ZoomControl,
) {
  useGesture(
    {
      onDrag: ({ delta: [x, y], event, first, cancel }) => {
        const target = event.target as HTMLElement;
        if (first && target.closest('[data-segment], button, input')) return cancel();
        scroller.current?.scrollBy(-x, -y);
      },
      onPinch: ({ origin: [clientX, clientY], offset: [next], event }) => {
        event.preventDefault();
        zoomTo(next, { clientX, clientY });
      },
    },
    {
      target: scroller,
      eventOptions: { passive: false },
      drag: {
        pointer: { mouse: true, buttons: [1], touch: false },
        filterTaps: true,
        enabled: true,
        from: [0, 0],
        eventOptions: { passive: true },
      },
      pinch: {
        from: () => [scale, 0],
        pointer: { touch: true },
        scaleBounds: { min: 0.1, max: 8 },
      },
    },
  );
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[
      event.key
    ];
    const element = event.currentTarget;
    if (!step || !canScroll(element, step)) return;
    event.preventDefault();
    element.scrollBy((step[0] ?? 0) * NUDGE, (step[1] ?? 0) * NUDGE);
  };
  return { onKeyDown };
}

/** Sideways only where the page is wider than its room: else the arrows turn pages. */
function canScroll(element: HTMLElement, [x]: number[]): boolean {
  return x === 0 || element.scrollWidth > element.clientWidth + 1;
}
