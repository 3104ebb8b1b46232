import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import type { Context } from '../context.ts';
import { isDatabaseUnavailable } from '../database-errors.ts';
import { ERRORS, FanfoldError } from '../errors.ts';
import {
  connectedText,
  HEARTBEAT,
  heartbeatText,
  refusalText,
  updateBytes,
} from '../live/event-text.ts';
import type { LiveHub } from '../live/hub.ts';
import { openWatch, watchSchema } from '../live/open-watch.ts';
import { authenticate } from './authenticate.ts';
import { getWebServices, type WebServices } from './services.ts';

const PATH = '/api/trpc/live.watch';
/** Milliseconds in which a reader has to take what was sent. */
const PATIENCE = 20_000;
const RETRY_AFTER_SECONDS = 5;
const HEAD = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-cache, no-transform',
  'X-Accel-Buffering': 'no',
  'X-Content-Type-Options': 'nosniff',
};

export function isLiveStream({ method, url = '' }: IncomingMessage): boolean {
  return method === 'GET' && (url === PATH || url.startsWith(`${PATH}?`));
}

/**
 * Answers a subscription to `live.watch` as tRPC does, without its layers of streams and those of
 * Next: a thousand of them take some 300 MB and a processor core. Never rejects.
 */
export async function serveLiveStream(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const closed = new AbortController();
  response.on('close', () => closed.abort());
  response.on('error', () => response.destroy());
  let services: WebServices | undefined;
  try {
    services = await getWebServices().catch((cause: unknown) => {
      throw new FanfoldError('UNAVAILABLE', { cause });
    });
    const ownerId = authenticate(headOf(request), services.system.env);
    if (!ownerId) throw new FanfoldError('UNAUTHORIZED');
    const ctx = { ...services.system, ownerId };
    await sendUpdates({ ctx, services, input: inputOf(request), response, closed: closed.signal });
    response.end();
  } catch (error) {
    const known = knownError(error);
    if (ERRORS[known.code].status >= 500) {
      services?.system.logger.error({ err: error }, 'a live stream failed');
    }
    refuse(response, known);
  }
}

async function sendUpdates({
  ctx,
  services: { hub, stopping },
  input,
  response,
  closed,
}: {
  ctx: Context;
  services: { hub: LiveHub; stopping: WebServices['stopping'] };
  input: z.output<typeof watchSchema>;
  response: ServerResponse;
  closed: AbortSignal;
}): Promise<void> {
  const signal = AbortSignal.any([closed, stopping]);
  const updates = await openWatch({ ctx, hub, input, signal });
  response.writeHead(200, HEAD);
  response.write(connectedText);
  const heartbeat = setInterval(() => {
    if (!response.writableNeedDrain) response.write(heartbeatText);
  }, HEARTBEAT);
  try {
    for await (const update of updates) {
      if (!response.write(updateBytes(update))) await drained(response);
    }
  } finally {
    clearInterval(heartbeat);
  }
}

/**
 * Waits until the reader has taken what was sent, and lets go of one that takes nothing for 20 s: it
 * comes back and resumes. Nothing is read for it meanwhile, so that what waits is one update at most.
 */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    // A mere end would leave what was sent to the kernel, which keeps offering it.
    const timer = setTimeout(() => response.socket?.resetAndDestroy(), PATIENCE);
    const go = () => {
      clearTimeout(timer);
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.on('drain', go).on('close', go);
    if (response.destroyed) go();
  });
}

function headOf({ method = 'GET', headers }: IncomingMessage) {
  const get = (name: string) => {
    const value = headers[name];
    return (Array.isArray(value) ? value[0] : value) ?? null;
  };
  return { method, headers: { get } };
}

function inputOf({ url = '', headers }: IncomingMessage): z.output<typeof watchSchema> {
  const query = new URL(url, 'http://localhost').searchParams;
  const lastEventId =
    headers['last-event-id'] ?? query.get('lastEventId') ?? query.get('Last-Event-Id');
  const input = watchSchema.safeParse({
    ...parseJson(query.get('input') ?? '{}'),
    ...(lastEventId && { lastEventId }),
  });
  if (!input.success) throw new FanfoldError('INVALID_INPUT');
  return input.data;
}

function parseJson(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value) return value;
  } catch {
    // Not JSON: refused below.
  }
  throw new FanfoldError('INVALID_INPUT');
}

function refuse(response: ServerResponse, error: FanfoldError): void {
  const { status } = ERRORS[error.code];
  if (response.headersSent) {
    // What may pass is tried again by clients whose stream just ends.
    response.end(status < 500 ? refusalText(error, status) : undefined);
    return;
  }
  response.writeHead(status, {
    'Content-Type': 'application/json',
    ...(status === 503 && { 'Retry-After': RETRY_AFTER_SECONDS }),
  });
  response.end(JSON.stringify({ code: error.code, sentence: error.sentence }));
}

function knownError(cause: unknown): FanfoldError {
  if (cause instanceof FanfoldError) return cause;
  return new FanfoldError(isDatabaseUnavailable(cause) ? 'UNAVAILABLE' : 'INTERNAL', { cause });
}
