'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { selectRange } from './select-range.ts';

export interface Selection {
  /** In the order of the list. */
  ids: string[];
  has(id: string): boolean;
  /** With `range`, all from the one that was chosen last to this one. */
  toggle: (id: string, range: boolean) => void;
  all: () => void;
  clear: () => void;
}

/** Which documents of a list are chosen; those that leave it are so no more. Escape lets all go. */
export function useSelection(list: string[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef<string | null>(null);
  const shown = useRef(list);
  shown.current = list;
  const clear = useCallback(() => setChosen(new Set()), []);
  const all = useCallback(() => setChosen(new Set(shown.current)), []);
  const toggle = useCallback((id: string, range: boolean) => {
    const from = range ? anchor.current : null;
    anchor.current = id;
    setChosen((before) => selectRange(before, shown.current, from, id));
  }, []);
  const ids = useMemo(() => list.filter((id) => chosen.has(id)), [list, chosen]);
  const some = ids.length > 0;
  useEffect(() => {
    if (!some) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) clear();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [some, clear]);
  return { ids, has: (id) => chosen.has(id), toggle, all, clear };
}
