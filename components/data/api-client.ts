import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
} from '@trpc/client';
import type { AppRouter } from '#server/trpc/router.ts';
import { noteServerDate } from './server-clock.ts';

const URL = '/api/trpc';

/** Calls that share a request. */
const BATCH_ITEMS = 20;

/** The context of a call that is sent at once, and goes through though the page is left meanwhile. */
export const OUTLIVES_PAGE = { outlivesPage: true };

export function createApiClient() {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink({ url: URL }),
        false: splitLink({
          condition: ({ context }) => context.outlivesPage === true,
          true: httpLink({ url: URL, fetch: outlivingFetch }),
          false: httpBatchLink({ url: URL, maxItems: BATCH_ITEMS, fetch: timedFetch }),
        }),
      }),
    ],
  });
}

export type ApiClient = ReturnType<typeof createApiClient>;

const outlivingFetch: typeof fetch = (input, init) => fetch(input, { ...init, keepalive: true });

const timedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  noteServerDate(response.headers.get('date'));
  return response;
};
