import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

/** Milliseconds. */
const HEARTBEAT = 10_000;
const HEARTBEAT_TIMEOUT = 5_000;
const MAX_BACKOFF = 5_000;

export interface ListenOptions {
  url: string;
  channel: string;
  onNotification: (payload: string) => void;
  /** After each (re)connection, and when one is lost: what was notified meanwhile is not known. */
  onState: (connected: boolean) => void;
}

/**
 * Listens on one channel over one connection of its own until `signal` aborts. A connection that
 * breaks, or that no longer answers (half-open), is replaced.
 */
export async function listen(options: ListenOptions, signal: AbortSignal): Promise<void> {
  for (let failures = 0; !signal.aborted; ) {
    const connected = await listenOnce(options, signal);
    options.onState(false);
    failures = connected ? 0 : failures + 1;
    const backoff = Math.min(MAX_BACKOFF, 100 * 2 ** failures);
    await sleep(backoff, undefined, { signal }).catch(() => undefined);
  }
}

/** Resolves when the connection has ended; true where it had been established. */
async function listenOnce(options: ListenOptions, signal: AbortSignal): Promise<boolean> {
  const client = new Client({
    connectionString: options.url,
    application_name: 'fanfold-listen',
    keepAlive: true,
    connectionTimeoutMillis: HEARTBEAT_TIMEOUT,
    query_timeout: HEARTBEAT_TIMEOUT,
  });
  const ended = Promise.withResolvers<void>();
  client.on('error', () => ended.resolve());
  client.on('end', () => ended.resolve());
  client.on('notification', ({ payload }) => options.onNotification(payload ?? ''));
  const stop = () => ended.resolve();
  signal.addEventListener('abort', stop, { once: true });
  let heartbeat: NodeJS.Timeout | undefined;
  try {
    await client.connect();
    await client.query(`listen ${client.escapeIdentifier(options.channel)}`);
    options.onState(true);
    heartbeat = setInterval(() => client.query('select 1').catch(stop), HEARTBEAT);
    await ended.promise;
    return true;
  } catch {
    return false;
  } finally {
    clearInterval(heartbeat);
    signal.removeEventListener('abort', stop);
    void client.end().catch(() => undefined);
  }
}
