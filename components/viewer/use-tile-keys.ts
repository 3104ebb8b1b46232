'use client';

import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';

import type { Page } from '../data/trpc.ts';
import { pageIndex } from '../live/merge-pages.ts';

interface Tiles {
  list: RefObject<HTMLElement | null>;
  pages: Page[];
  columns: number;
  selected: number | null;
  onSelect: (page: number) => void;
  /** Scrolls until the tile of the page is in view. */
  show: (page: number) => void;
}

/**
 * One tab stop for all tiles, which keep the focus while they move. Arrows, Home and End go from
 * tile to tile, and turn pages where one is open.
 */
export function useTileKeys({ list, pages, columns, selected, onSelect, show }: Tiles) {
  const [focused, setFocused] = useState<number | null>(null);
  const wanted = useRef<number | null>(null);
  const within = useRef(false);
  const position = Math.max(0, pageIndex(pages, selected ?? focused ?? 0));
  const cursor = pages[position]?.number ?? 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another layout moves the focused tile
  useLayoutEffect(() => {
    if (within.current) wanted.current = cursor;
  }, [columns]);

  // The tile may be rendered only after the scroll: look for it until it is there.
  useEffect(() => {
    if (wanted.current === null) return;
    const tile = list.current?.querySelector<HTMLElement>(`[data-page="${wanted.current}"]`);
    if (!tile) return;
    wanted.current = null;
    tile.focus({ preventScroll: true });
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = pages[destination(event.key, position, columns, pages.length) ?? -1]?.number;
    if (target === undefined) return;
    event.preventDefault();
    wanted.current = target;
    setFocused(target);
    show(target);
    if (selected !== null) onSelect(target);
  };
  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const page = Number((event.target as HTMLElement).dataset.page);
    if (page > 0) setFocused(page);
    within.current = true;
  };
  const onBlur = ({ relatedTarget }: FocusEvent) => {
    // A tile that is taken out of the DOM blurs to nowhere: the focus is still the tiles'.
    if (relatedTarget) within.current = false;
  };
  return { cursor, onKeyDown, onFocus, onBlur };
}

/** The position that a key leads to, from 0. */
function destination(
  key: string,
  from: number,
  columns: number,
  total: number,
): number | undefined {
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    Home: -from,
    End: total - 1 - from,
  };
  const step = steps[key];
  if (step === undefined) return undefined;
  const to = from + step;
  return to >= 0 && to < total ? to : from;
}
