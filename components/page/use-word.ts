'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';

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

interface Choice {
  page: number;
  word: number | null;
  editing: Editing;
}

/**
 * The address follows the choice, and the choice an address that came from elsewhere: the router is
 * a moment late, and by then somebody may be typing.
 */
export function useWord(page: number): WordChoice {
  const pathname = usePathname();
  const named = wordOf(useSearchParams().get('word'));
  const [pointed, point] = useState<number | null>(null);
  const [choice, setChoice] = useState<Choice>({ page, word: named, editing: null });
  /** Words that were chosen here and that the address may still come to name. */
  const written = useRef(new Set<number | null>());
  const latest = useRef<number | null>(null);

  useEffect(() => {
    const ours = written.current.has(named);
    if (!ours || named === latest.current) written.current.clear();
    if (!ours) setChoice({ page, word: named, editing: null });
  }, [page, named]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words of another page are others
  useEffect(() => () => written.current.clear(), [page]);

  const choose = useCallback(
    (word: number | null, editing: Editing = null) => {
      written.current.add(word);
      latest.current = word;
      setChoice({ page, word, editing: word === null ? null : editing });
      const query = word === null ? `?page=${page}` : `?page=${page}&word=${word}`;
      window.history.replaceState(null, '', `${pathname}${query}`);
    },
    [pathname, page],
  );
  const current = choice.page === page ? choice : { word: named, editing: null };
  return { pointed, chosen: current.word, editing: current.editing, point, choose };
}

function wordOf(value: string | null): number | null {
  const word = value === null ? Number.NaN : Number(value);
  return Number.isInteger(word) && word >= 0 ? word : null;
}
