'use client';

import { useEffect, useEffectEvent, useRef } from 'react';
import { type Page, useTRPCClient } from '../data/trpc.ts';

/** Pages that one request may name. */
const AT_ONCE = 100;

/** Asks once for the pictures of pages in view that were read without being drawn. */
export function usePictures(documentId: string, inView: Page[]): void {
  const client = useTRPCClient();
  const asked = useRef(new Set<string>());
  const missing = inView
    .filter(({ status, image }) => status === 'completed' && image === null)
    .map(({ number }) => number);
  const ask = useEffectEvent((pages: number[]) => {
    const fresh = pages
      .filter((page) => !asked.current.has(`${documentId}/${page}`))
      .slice(0, AT_ONCE);
    if (fresh.length === 0) return;
    for (const page of fresh) asked.current.add(`${documentId}/${page}`);
    client.pages.draw.mutate({ documentId, pages: fresh }).catch(() => {
      for (const page of fresh) asked.current.delete(`${documentId}/${page}`);
    });
  });
  const key = missing.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the list
  useEffect(() => ask(missing), [documentId, key]);
}
