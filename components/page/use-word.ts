'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useState } from 'react';

/** What is typed into: a word, or its whole line. */
export type Editing = 'word' | 'line' | null;

/** The words of a page that someone points at, has chosen, or is correcting. */
export interface WordChoice {
  /** The first word of a segment; null for none. */
  pointed: number | null;
  /** As the address names it. */
  chosen: number | null;
  editing: Editing;
  point: (word: number | null) => void;
  choose: (word: number | null, editing?: Editing) => void;
}

export function useWord(page: number): WordChoice {
  const pathname = usePathname();
  const value = useSearchParams().get('word');
  const word = value === null ? Number.NaN : Number(value);
  const chosen = Number.isInteger(word) && word >= 0 ? word : null;
  const [pointed, point] = useState<number | null>(null);
  const [edited, setEdited] = useState<{ word: number; kind: Editing } | null>(null);
  const choose = useCallback(
    (next: number | null, editing: Editing = null) => {
      const query = next === null ? `?page=${page}` : `?page=${page}&word=${next}`;
      window.history.replaceState(null, '', `${pathname}${query}`);
      setEdited(next === null || editing === null ? null : { word: next, kind: editing });
    },
    [pathname, page],
  );
  const editing = edited !== null && edited.word === chosen ? edited.kind : null;
  return { pointed, chosen, editing, point, choose };
}
