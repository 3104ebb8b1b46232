'use client';

import { type PointerEvent, type RefObject, useEffect } from 'react';

/** A page may have thousands of words: they are rendered once, and lit without rendering. */
export function useLitWord(
  root: RefObject<HTMLElement | null>,
  word: number | null,
  mark: 'is-pointed' | 'is-chosen',
  /** Change when the words are rendered anew. */
  ...content: unknown[]
): void {
  useEffect(() => {
    if (word === null) return;
    const parts = root.current?.querySelectorAll(`[data-segment="${word}"]`) ?? [];
    for (const part of parts) part.classList.add(mark);
    if (mark === 'is-chosen') parts[0]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    return () => {
      for (const part of parts) part.classList.remove(mark);
    };
  }, [root, word, mark, ...content]);
}

/** The segment that an event happened on. */
export function segmentOf({ target }: Pick<PointerEvent, 'target'>): number | null {
  const own = (target as HTMLElement).closest<HTMLElement>('[data-segment]')?.dataset.segment;
  return own === undefined ? null : Number(own);
}
