'use client';

import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { clamp, type Size, scaleOf, stepZoom, type Zoom } from './zoom.ts';

/** Pixels around a sheet. */
export const MARGIN = 16;

/** A point of the screen, and the share of the sheet that lies under it. */
interface Anchor {
  clientX: number;
  clientY: number;
  x: number;
  y: number;
}

export interface ZoomControl {
  zoom: Zoom;
  /** CSS pixels to one of the sheet's at its real size. */
  scale: number;
  shown: Size;
  fit: (zoom: 'width' | 'page') => void;
  /** Keeps the point under the pointer, or the middle, where it is. */
  zoomTo: (scale: number, at?: { clientX: number; clientY: number }) => void;
  step: (direction: 1 | -1) => void;
}

/** The size at which a sheet is shown in what scrolls it. */
export function useZoom(
  scroller: RefObject<HTMLElement | null>,
  sheet: RefObject<HTMLElement | null>,
  real: Size,
): ZoomControl {
  const [zoom, setZoom] = useState<Zoom>('width');
  const room = useRoom(scroller);
  const scale = scaleOf(zoom, real, room);
  const shown = { width: real.width * scale, height: real.height * scale };
  const anchor = useRef<Anchor | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the sheet has its new size then
  useLayoutEffect(() => {
    const held = anchor.current;
    anchor.current = null;
    const box = sheet.current?.getBoundingClientRect();
    if (!held || !box) return;
    scroller.current?.scrollBy(
      box.left + held.x * box.width - held.clientX,
      box.top + held.y * box.height - held.clientY,
    );
  }, [scale]);

  const zoomTo = useCallback(
    (next: number, at?: { clientX: number; clientY: number }) => {
      const box = sheet.current?.getBoundingClientRect();
      const view = scroller.current?.getBoundingClientRect();
      if (box && view) {
        const point = at ?? {
          clientX: view.left + view.width / 2,
          clientY: view.top + view.height / 2,
        };
        anchor.current = {
          clientX: point.clientX,
          clientY: point.clientY,
          x: (point.clientX - box.left) / box.width,
          y: (point.clientY - box.top) / box.height,
        };
      }
      setZoom(clamp(next));
    },
    [scroller, sheet],
  );
  const step = (direction: 1 | -1) => zoomTo(stepZoom(scale, direction));
  return { zoom, scale, shown, fit: setZoom, zoomTo, step };
}

function useRoom(scroller: RefObject<HTMLElement | null>): Size {
  const [room, setRoom] = useState<Size>({ width: 600, height: 800 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => {
      // With room for the scroll bar, or it would come and go.
      const { offsetWidth, offsetHeight, clientWidth } = element;
      const bar = Math.max(offsetWidth - clientWidth, 0);
      setRoom({
        width: Math.max(80, offsetWidth - bar - 2 * MARGIN),
        height: Math.max(80, offsetHeight - 2 * MARGIN),
      });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  return room;
}
