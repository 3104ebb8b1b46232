'use client';

import { useHotkeys } from './use-hotkeys.ts';
import type { ZoomControl } from './use-zoom.ts';

export interface StageKeys {
  zoom: ZoomControl;
  /** Turns what is seen a quarter clockwise; the page stays as it is. */
  rotate: () => void;
}

export function useStageKeys({ zoom, rotate }: StageKeys): void {
  useHotkeys({
    '+': () => zoom.step(1),
    '=': () => zoom.step(1),
    '-': () => zoom.step(-1),
    '0': () => zoom.fit('page'),
    w: () => zoom.fit('width'),
    r: rotate,
  });
}
