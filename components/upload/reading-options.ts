import { useSyncExternalStore } from 'react';
import type { DocumentOptions } from '#server/documents/schemas.ts';
import { type TermChoices, type Terms, termsOf, USUAL_TERMS } from './terms.ts';

type Choices = Pick<DocumentOptions, 'mode' | 'segmentation' | 'rotation' | 'quality' | 'deskew'> &
  TermChoices & {
    /** As typed; empty for what the server does by itself. */
    pages: string;
    dpi: string;
    pageTimeLimit: string;
  };

const DEFAULTS: Choices = {
  mode: 'auto',
  pages: '',
  quality: 'balanced',
  segmentation: 'auto',
  rotation: 'auto',
  deskew: true,
  dpi: '',
  pageTimeLimit: '',
  ...USUAL_TERMS,
};

let chosen = DEFAULTS;
const listeners = new Set<() => void>();

function set(next: Choices): void {
  chosen = next;
  for (const listener of listeners) listener();
}

/** How the next uploads are read. Holds while the tab is open: a range of pages is for the file at hand. */
export function useReadingOptions() {
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const choices = useSyncExternalStore(
    subscribe,
    () => chosen,
    () => DEFAULTS,
  );
  return {
    choices,
    changed: Object.keys({ ...changes(choices), ...termsOf(choices) }).length,
    choose: (change: Partial<Choices>) => set({ ...chosen, ...change }),
    reset: () => set(DEFAULTS),
  };
}

/** What differs from the defaults, as the server takes it. */
export function chosenOptions(): Partial<DocumentOptions> {
  return changes(chosen);
}

/** When and for how long, as the server takes it. */
export function chosenTerms(): Terms {
  return termsOf(chosen);
}

function changes(choices: Choices): Partial<DocumentOptions> {
  const { mode, segmentation, rotation, quality, deskew, pages, dpi, pageTimeLimit } = choices;
  const given = {
    mode,
    segmentation,
    rotation,
    quality,
    deskew,
    pages: pages.trim() || null,
    dpi: numberOf(dpi),
    pageTimeLimit: numberOf(pageTimeLimit),
  };
  const usual: Record<string, unknown> = {
    ...DEFAULTS,
    pages: null,
    dpi: null,
    pageTimeLimit: null,
  };
  return Object.fromEntries(Object.entries(given).filter(([name, value]) => value !== usual[name]));
}

/** What is no number is sent as one that the server refuses, not taken for nothing. */
function numberOf(text: string): number | null {
  if (text.trim() === '') return null;
  return Number.isFinite(Number(text)) ? Number(text) : -1;
}
