import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Logger } from '#server/logger.ts';
import type { RequestSigner } from '../auth/signer.ts';
import { readBody } from '../body/read-body.ts';
import { readCorsRules, type Store } from '../disk/buckets.ts';
import { S3Error } from '../errors.ts';
import type { Reply } from './call.ts';
import { corsHeaders, preflightHeaders } from './cors.ts';
import { parseRequest } from './request.ts';
import { route } from './router.ts';
import { errorDocument } from './xml.ts';

export interface HandlerOptions {
  store: Store;
  signer: RequestSigner;
  stallMs: number;
  logger?: Logger;
}

/** How long an unread body may go on arriving after its request was refused. */
const DRAIN_MS = 10_000;

/** Answers one request. `awaitsContinue`: the client holds its body back until it is asked for. */
export async function handle(
  message: IncomingMessage,
  response: ServerResponse,
  options: HandlerOptions,
  awaitsContinue: boolean,
): Promise<void> {
  let held = awaitsContinue;
  const begin = () => {
    if (held) response.writeContinue();
    held = false;
  };
  const body = readBody(message, { stallMs: options.stallMs, begin });
  response.setHeader('x-amz-request-id', randomBytes(8).toString('hex').toUpperCase());
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Content-Security-Policy', 'sandbox');
  try {
    const reply = await answer(message, response, options, body);
    if (held) response.setHeader('Connection', 'close');
    await send(message, response, reply);
  } catch (error) {
    if (held) response.setHeader('Connection', 'close');
    await fail(message, response, error, options.logger);
  }
  void body.return(undefined);
  drain(message);
}

async function answer(
  message: IncomingMessage,
  response: ServerResponse,
  { store, signer }: HandlerOptions,
  body: AsyncIterable<Buffer>,
): Promise<Reply> {
  const request = parseRequest(message);
  const rules = request.headers.origin ? await readCorsRules(store, request.bucket) : undefined;
  if (request.method === 'OPTIONS') {
    return { status: 200, headers: preflightHeaders(rules, request.headers) };
  }
  setHeaders(response, corsHeaders(rules, request.headers.origin ?? '', request.method));
  return route({ request, store, signer, body });
}

async function send(
  message: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
): Promise<void> {
  response.statusCode = reply.status;
  setHeaders(response, reply.headers ?? {});
  if (reply.body === undefined || typeof reply.body === 'string') {
    if (message.method !== 'HEAD' && reply.status !== 204 && reply.status !== 304) {
      response.setHeader('Content-Length', Buffer.byteLength(reply.body ?? ''));
    }
    response.end(reply.body);
  } else {
    await pipeline(reply.body, response);
  }
}

async function fail(
  message: IncomingMessage,
  response: ServerResponse,
  cause: unknown,
  logger?: Logger,
): Promise<void> {
  if (response.headersSent || (message.destroyed && !message.complete)) {
    logger?.debug({ err: cause }, 'a client went away');
    response.destroy();
    return;
  }
  if (!(cause instanceof S3Error)) logger?.error({ err: cause }, 'a request failed');
  const error =
    cause instanceof S3Error
      ? cause
      : new S3Error('InternalError', 'We encountered an internal error.', { cause });
  const resource = (message.url ?? '').split('?')[0] ?? '';
  const body = errorDocument({
    Code: error.code,
    Message: error.message,
    Resource: resource,
    RequestId: String(response.getHeader('x-amz-request-id')),
  });
  await send(message, response, {
    status: error.status,
    headers: { 'Content-Type': 'application/xml', ...error.headers },
    body: message.method === 'HEAD' ? undefined : body,
  });
}

/** A client that is still sending reads the answer only if its bytes are taken a little longer. */
function drain(message: IncomingMessage): void {
  if (message.complete || message.destroyed) return;
  const timer = setTimeout(() => message.destroy(), DRAIN_MS);
  for (const event of ['end', 'close']) message.once(event, () => clearTimeout(timer));
  message.on('data', () => undefined);
}

function setHeaders(response: ServerResponse, headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}
