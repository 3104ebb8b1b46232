'use client';

import { useQuery } from '@tanstack/react-query';
import { type Page, useTRPCClient } from '../data/trpc.ts';

/** Milliseconds between looks at a picture that is being drawn, and how long its address holds. */
const LOOK = 1_000;
const HOLDS = 240_000;
/** How much larger than its pixels a picture may be shown before a sharper one is asked for. */
const BLUR = 1.15;

/** The address of a sharper picture, once the page is shown so large that it would blur. */
export function useDetail(documentId: string, page: Page, shownWidth: number): string | null {
  const client = useTRPCClient();
  const { image, number } = page;
  const blurs = image !== null && shownWidth * window.devicePixelRatio > image.width * BLUR;
  const { data } = useQuery({
    queryKey: ['detail', documentId, number, image?.version],
    queryFn: () => client.pages.enlarge.mutate({ documentId, page: number }),
    enabled: blurs,
    staleTime: HOLDS,
    gcTime: HOLDS,
    refetchInterval: ({ state }) => (blurs && !state.data?.url ? LOOK : false),
  });
  return data?.url ?? null;
}
