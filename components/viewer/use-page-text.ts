'use client';

import { useQuery } from '@tanstack/react-query';
import type { Layout } from '#server/pages/layout.ts';
import { type Page, useTRPC, useTRPCClient } from '../data/trpc.ts';
import { layoutUrl } from './page-urls.ts';

/** Milliseconds between tries for what could not be fetched; what was read is never given up. */
const TRY_AGAIN = 5_000;
export const untilFetched = {
  refetchInterval: (query: { state: { status: string } }) =>
    query.state.status === 'error' ? TRY_AGAIN : (false as const),
};

/** The text of a page that was read; fetched again when the page changes. */
export function usePageText(documentId: string, page: Page) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const input = { documentId, page: page.number };
  return useQuery({
    queryKey: [...trpc.pages.text.queryKey(input), page.seq],
    queryFn: ({ signal }) => client.pages.text.query(input, { signal }),
    enabled: page.status === 'completed',
    ...untilFetched,
    placeholderData: (previous) => (previous?.number === page.number ? previous : undefined),
  });
}

/** The words of a page that was read, with their places. */
export function usePageLayout(documentId: string, page: Pick<Page, 'number' | 'layout'>) {
  return useQuery({
    queryKey: ['layout', documentId, page.number, page.layout],
    queryFn: ({ signal }) => fetchLayout(layoutUrl(documentId, page), signal),
    enabled: page.layout !== null,
    ...untilFetched,
    gcTime: 60_000,
  });
}

async function fetchLayout(url: string, signal: AbortSignal): Promise<Layout> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`the layout answered ${response.status}`);
  return response.json() as Promise<Layout>;
}
