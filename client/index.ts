import {
  createTRPCClient,
  httpBatchLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
} from '@trpc/client';
import { EventSource as FetchEventSource } from 'eventsource';
import type { AppRouter } from '#server/trpc/router.ts';

export { FanfoldClientError, type FanfoldErrorShape, fanfoldErrorOf } from './errors.ts';

export type FanfoldClient = TRPCClient<AppRouter>;

export interface FanfoldClientOptions {
  /** The address of the server, e.g. `http://127.0.0.1:3000`; empty for the page's own. */
  url: string;
  apiKey?: string | undefined;
  fetch?: typeof globalThis.fetch | undefined;
  /** In place of the `eventsource` package's; it has to read from the `fetch` it is given. */
  EventSource?: typeof FetchEventSource | undefined;
}

/** Calls that are under way at once share a request, up to this number. */
const BATCH_ITEMS = 20;

/** The typed client of a Fanfold server, for browsers and Node. */
export function createFanfoldClient(options: FanfoldClientOptions): FanfoldClient {
  const url = `${options.url.replace(/\/+$/, '')}/api/trpc`;
  const request = options.fetch ?? globalThis.fetch.bind(globalThis);
  const headers: Record<string, string> = options.apiKey
    ? { Authorization: `Bearer ${options.apiKey}` }
    : {};
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription',
        true: httpSubscriptionLink({
          url,
          EventSource: options.EventSource ?? FetchEventSource,
          eventSourceOptions: {
            fetch: (input, init) =>
              request(input, { ...init, headers: { ...init.headers, ...headers } }),
          },
        }),
        false: httpBatchLink({ url, headers, fetch: request, maxItems: BATCH_ITEMS }),
      }),
    ],
  });
}
