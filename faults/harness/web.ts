/**
 * The product's own route handlers behind a plain HTTP server: what the web process does, without
 * the pages and without a build. Prints a line once it listens.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { GET as health } from '#app/api/health/route.ts';
import { GET as ask, POST as tell } from '#app/api/trpc/[trpc]/route.ts';
import { getEnv } from '#server/env.ts';
import { stopWebOnSignals } from '#server/web/lifecycle.ts';
import { isLiveStream, serveLiveStream } from '#server/web/live-stream.ts';

const { HOST, PORT } = getEnv();
stopWebOnSignals();
const server = createServer((message, response) => {
  if (isLiveStream(message)) void serveLiveStream(message, response);
  else serve(message, response).catch(() => response.destroy());
});
server.listen(PORT, HOST, () => process.stdout.write('"web ready"\n'));

async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const url = new URL(message.url ?? '/', `http://${message.headers.host}`);
  const body = message.method === 'POST' ? Readable.toWeb(message) : undefined;
  const request = new Request(url, {
    method: message.method ?? 'GET',
    headers: new Headers(message.headers as Record<string, string>),
    signal: gone.signal,
    ...(body && { body: body as unknown as BodyInit, duplex: 'half' }),
  });
  const answer = await route(url.pathname, request);
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  if (!answer.body) return void response.end();
  await pipeline(Readable.fromWeb(answer.body as unknown as ReadableStream), response);
}

function route(path: string, request: Request): Promise<Response> {
  if (path === '/api/health') return health();
  return request.method === 'POST' ? tell(request) : ask(request);
}
