import { QueryClient } from '@tanstack/react-query';
import { apiError } from './api-error.ts';

const RETRIES = 3;
const PERMANENT = new Set(['NOT_FOUND', 'INVALID_INPUT', 'UNAUTHORIZED', 'CONFLICT']);

/** The live stream keeps the cache true, so nothing is fetched again merely because it grew old. */
export function createQueryClient() {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: 'always',
        retry: (failures, error) => failures < RETRIES && !PERMANENT.has(apiError(error).code),
      },
      mutations: { networkMode: 'always' },
    },
  });
}
