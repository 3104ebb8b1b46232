'use client';

import { type QueryClient, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { traceCorrections } from '#server/corrections/apply.ts';
import type { CorrectionView } from '#server/corrections/view.ts';
import type { ApiClient } from '../data/api-client.ts';
import { type Page, useTRPCClient } from '../data/trpc.ts';
import { untilFetched, usePageLayout } from '../viewer/use-page-text.ts';

interface PageCorrections {
  page: number;
  corrections: CorrectionView[];
}

const keyOf = (documentId: string, page: number) => ['corrections', documentId, page];

/** Every correction that was made on a page; fetched again when the page changes. */
export function useCorrections(documentId: string, page: Page): CorrectionView[] | undefined {
  const client = useTRPCClient();
  const { data } = useQuery<PageCorrections>({
    queryKey: [...keyOf(documentId, page.number), page.seq],
    queryFn: ({ signal }) => fetchCorrections(client, documentId, page.number, signal),
    enabled: page.layout !== null,
    ...untilFetched,
    placeholderData: (previous) => (previous?.page === page.number ? previous : undefined),
  });
  return data?.corrections;
}

async function fetchCorrections(
  client: ApiClient,
  documentId: string,
  page: number,
  signal: AbortSignal,
): Promise<PageCorrections> {
  return {
    page,
    corrections: await client.corrections.list.query({ documentId, page }, { signal }),
  };
}

/** Shows a change of a page's corrections before the stream tells of it. */
export function changeCorrections(
  queryClient: QueryClient,
  documentId: string,
  page: number,
  change: (known: CorrectionView[]) => CorrectionView[],
): void {
  queryClient.setQueriesData<PageCorrections>(
    { queryKey: keyOf(documentId, page) },
    (known) => known && { page, corrections: change(known.corrections) },
  );
}

/** What was read on a page, with what people have corrected; undefined until both are there. */
export function useTracedPage(documentId: string, page: Page) {
  const layout = usePageLayout(documentId, page).data;
  const corrections = useCorrections(documentId, page);
  return useMemo(() => {
    if (!layout || !corrections) return undefined;
    const active = corrections.filter(({ state }) => state === 'active');
    return traceCorrections(layout, active);
  }, [layout, corrections]);
}
