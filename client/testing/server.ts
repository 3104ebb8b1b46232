import { createHTTPServer } from '@trpc/server/adapters/standalone';
import getPort from 'get-port';
import { createLiveHub } from '#server/live/hub.ts';
import { createStorage } from '#server/storage/client.ts';
import { type Harness, startHarness } from '#server/testing/harness.ts';
import type { RequestContext } from '#server/trpc/init.ts';
import { appRouter } from '#server/trpc/router.ts';
import { type CuttingProxy, startCuttingProxy } from './cutting-proxy.ts';

export interface TestServer {
  url: string;
  apiKey: string;
  ctx: Harness['ctx'];
  /** What clients reach the object store through. */
  store: CuttingProxy;
  /** Ends the HTTP server with all its connections, as a stopped web process does. */
  stop(): Promise<void>;
  /** Starts it again on its port. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** The real router over HTTP, on a database and an object store of its own. */
export async function startTestServer(): Promise<TestServer> {
  const harness = await startHarness();
  const store = await startCuttingProxy(harness.env.S3_ENDPOINT ?? '');
  const storage = createStorage({ ...harness.env, S3_PUBLIC_ENDPOINT: store.url });
  const ctx = { ...harness.ctx, storage };
  const hub = createLiveHub({ url: harness.databaseUrl, ctx });
  const port = await getPort({ host: '127.0.0.1' });
  const apiKey = harness.env.FANFOLD_LOCAL_KEY;
  const listen = () => listenOn(port, apiKey, (known) => ({ ctx: known ? ctx : undefined, hub }));
  let stop = await listen();
  return {
    url: `http://127.0.0.1:${port}`,
    apiKey,
    ctx,
    store,
    stop: () => stop(),
    async start() {
      stop = await listen();
    },
    async close() {
      await stop();
      await hub.close();
      await store.close();
      await harness.close();
    },
  };
}

async function listenOn(
  port: number,
  apiKey: string,
  context: (known: boolean) => Omit<RequestContext, 'stopping'>,
): Promise<() => Promise<void>> {
  const stopping = new AbortController();
  const server = createHTTPServer({
    router: appRouter,
    basePath: '/api/trpc/',
    createContext: ({ req }) => ({
      ...context(req.headers.authorization === `Bearer ${apiKey}`),
      stopping: stopping.signal,
    }),
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  return () =>
    new Promise((resolve) => {
      stopping.abort();
      server.close(() => resolve());
      server.closeAllConnections();
    });
}
