'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

/** The page that the address names, and a way to go to another; null for none. */
export function useSelectedPage(): [number | null, (page: number | null) => void] {
  const pathname = usePathname();
  const value = Number(useSearchParams().get('page'));
  const selected = Number.isInteger(value) && value > 0 ? value : null;
  const select = useCallback(
    (page: number | null) => {
      const address = page === null ? pathname : `${pathname}?page=${page}`;
      // Opening a page is a step to go back from; turning pages is not.
      if (selected === null && page !== null) window.history.pushState(null, '', address);
      else window.history.replaceState(null, '', address);
    },
    [pathname, selected],
  );
  return [selected, select];
}
