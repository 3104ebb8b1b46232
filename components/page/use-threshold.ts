'use client';

import { useSyncExternalStore } from 'react';
import { DOUBTFUL } from '../viewer/doubtful.ts';

const KEY = 'fanfold.doubtful-below';
const CHANGED = 'fanfold:doubtful-below';

/** The confidence below which words count as doubtful, 0–100 in steps of 5; kept in this browser. */
export function useThreshold(): [number, (threshold: number) => void] {
  return [useSyncExternalStore(subscribe, read, () => DOUBTFUL), write];
}

function read(): number {
  const kept = localStorage.getItem(KEY);
  const value = Number(kept);
  return kept !== null && value >= 0 && value <= 100 && value % 5 === 0 ? value : DOUBTFUL;
}

function write(threshold: number): void {
  localStorage.setItem(KEY, String(threshold));
  window.dispatchEvent(new Event(CHANGED));
}

function subscribe(listener: () => void): () => void {
  window.addEventListener(CHANGED, listener);
  window.addEventListener('storage', listener);
  return () => {
    window.removeEventListener(CHANGED, listener);
    window.removeEventListener('storage', listener);
  };
}
