import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import type { AppRouter } from '#server/trpc/router.ts';
import { noteServerDate } from './server-clock.ts';

const URL = '/api/trpc';

/** Calls that share a request. */
const BATCH_ITEMS = 20;

export function createApiClient() {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink({ url: URL }),
        false: httpBatchLink({ url: URL, maxItems: BATCH_ITEMS, fetch: timedFetch }),
      }),
    ],
  });
}

export type ApiClient = ReturnType<typeof createApiClient>;

const timedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  noteServerDate(response.headers.get('date'));
  return response;
};
