'use client';

import { useSyncExternalStore } from 'react';

/** From this width on, the parts of a document stand side by side. The `lg` of the styles. */
const WIDE = '(min-width: 64rem)';

export function useWide(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(WIDE).matches,
    () => true,
  );
}

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(WIDE);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}
