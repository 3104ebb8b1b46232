import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from '#server/logger.ts';
import { RequestSigner } from './auth/signer.ts';
import { openStore } from './disk/buckets.ts';
import { handle } from './http/handler.ts';

export interface EmbeddedStoreOptions {
  /** The folder that holds everything. One server at a time may use it. */
  dataDir: string;
  host: string;
  /** 0 for any free port. */
  port: number;
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
  logger?: Logger;
  /** Milliseconds; see DEFAULT_TIMEOUTS. */
  timeouts?: Partial<typeof DEFAULT_TIMEOUTS>;
}

export interface EmbeddedStore {
  url: string;
  port: number;
  /** Lets requests in progress end for a few seconds, then cuts them off. */
  close(): Promise<void>;
}

const DEFAULT_TIMEOUTS = {
  /** For the headers of a request. */
  headers: 20_000,
  /** For a body to bring its next kilobyte. */
  stall: 25_000,
  /** For a reader to take anything. */
  idle: 120_000,
  /** For requests in progress when the store is closed. */
  close: 5_000,
};

/** Starts the S3 server over the file system, for one access key, with buckets in the path. */
export async function startEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  const handlerOptions = {
    store: await openStore(options.dataDir),
    signer: new RequestSigner(options),
    stallMs: timeouts.stall,
    logger: options.logger,
  };
  const server = createServer({
    headersTimeout: timeouts.headers,
    requestTimeout: 0,
    connectionsCheckingInterval: Math.min(5_000, timeouts.headers),
    keepAliveTimeout: 60_000,
  });
  server.timeout = timeouts.idle;
  server.on('request', (message, response) => handle(message, response, handlerOptions, false));
  server.on('checkContinue', (message, response) =>
    handle(message, response, handlerOptions, true),
  );
  const port = await listen(server, options.host, options.port);
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return { url: `http://${host}:${port}`, port, close: () => close(server, timeouts.close) };
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

async function close(server: Server, graceMs: number): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearTimeout(timer);
}
