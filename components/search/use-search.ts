'use client';

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useTRPC } from '../data/trpc.ts';

const PERIODS = { week: 7, month: 31, year: 366 } as const;
const STATES = ['PENDING', 'PROCESSING', 'DONE', 'FAILED'] as const;
/** Documents that are shown by their names, above the pages. */
const NAMED = 5;
/** The stream does not tell of what would be found now: each time that a search is shown it is made anew. */
const staleTime = 0;

export interface SearchRequest {
  query: string;
  documentId: string | undefined;
  state: (typeof STATES)[number] | undefined;
  language: string | undefined;
  tag: string | undefined;
  period: keyof typeof PERIODS | undefined;
}

/** What the address asks for. */
export function useSearchRequest(): SearchRequest {
  const parameters = useSearchParams();
  const get = (name: string) => parameters.get(name) || undefined;
  const period = get('period');
  return {
    query: (get('q') ?? '').trim().slice(0, 500),
    documentId: get('in'),
    state: STATES.find((state) => state === get('state')),
    language: get('language'),
    tag: get('tag'),
    period: period && period in PERIODS ? (period as keyof typeof PERIODS) : undefined,
  };
}

/** The pages that were found, request after request. */
export function usePageHits(request: SearchRequest) {
  const trpc = useTRPC();
  const { query, documentId } = request;
  return useInfiniteQuery(
    trpc.search.pages.infiniteQueryOptions(
      { query, documentId, ...filterOf(request) },
      {
        enabled: query !== '',
        staleTime,
        getNextPageParam: (page) => page.nextCursor,
        placeholderData: keepPreviousData,
      },
    ),
  );
}

/** Documents that are called so. */
export function useNamedDocuments(request: SearchRequest) {
  const trpc = useTRPC();
  const { query, documentId } = request;
  const input = { name: query.slice(0, 200), limit: NAMED, ...filterOf(request) };
  return useQuery(
    trpc.documents.list.queryOptions(input, {
      enabled: query !== '' && documentId === undefined,
      staleTime,
      placeholderData: keepPreviousData,
    }),
  );
}

function filterOf({ state, language, tag, period }: SearchRequest) {
  return {
    ...(state && { states: [state] }),
    ...(language && { language }),
    ...(tag && { tag }),
    ...(period && { from: daysAgo(PERIODS[period]) }),
  };
}

/** At midnight, so that the same search has the same key all day. */
function daysAgo(days: number): string {
  const date = new Date();
  date.setHours(0, 0, 0, 0);
  date.setDate(date.getDate() - days);
  return date.toISOString();
}
