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

/**
 * Removes documents while the page is being left: at once, as the client would a moment later, and by
 * few requests, of which browsers let no more than 20 outlive a page.
 */
export function removeOnLeave(documentIds: string[]): void {
  for (let first = 0; first < documentIds.length; first += BATCH_ITEMS) {
    const inputs = documentIds
      .slice(first, first + BATCH_ITEMS)
      .map((documentId) => ({ documentId }));
    void fetch(`${URL}/${inputs.map(() => 'documents.remove').join()}?batch=1`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...inputs }),
      keepalive: true,
    });
  }
}

const timedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  noteServerDate(response.headers.get('date'));
  return response;
};
