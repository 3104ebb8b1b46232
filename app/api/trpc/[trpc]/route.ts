import type { TRPCError } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { FanfoldError } from '#server/errors.ts';
import { appRouter } from '#server/trpc/router.ts';
import { authenticate } from '#server/web/authenticate.ts';
import { unavailable } from '#server/web/responses.ts';
import { getWebServices } from '#server/web/services.ts';

export const dynamic = 'force-dynamic';

/** Bytes. */
const MAX_BODY = 1024 * 1024;
const MAX_BATCH = 20;
const RETRY_AFTER_SECONDS = 5;

async function handler(request: Request): Promise<Response> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY) {
    return Response.json(
      { code: 'INVALID_INPUT', sentence: 'The request is too large.' },
      { status: 413 },
    );
  }
  const services = await getWebServices().catch(() => undefined);
  if (!services) return unavailable();
  const { system, hub, stopping } = services;
  const ownerId = authenticate(request, system.env);
  // tRPC answers 200 to a subscription that it refuses, and tells why in the stream.
  let refused: TRPCError | undefined;
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    maxBatchSize: MAX_BATCH,
    createContext: () => ({ ctx: ownerId ? { ...system, ownerId } : undefined, hub, stopping }),
    onError: ({ error, type }) => {
      if (type === 'subscription') refused ??= error;
    },
    responseMeta: ({ errors: failed }) => {
      const errors = refused ? [refused] : failed;
      const away = errors.some((error) => error.code === 'SERVICE_UNAVAILABLE');
      const waits = errors.map(
        ({ cause }) => (cause instanceof FanfoldError && cause.retryAfter) || 0,
      );
      const seconds = Math.max(away ? RETRY_AFTER_SECONDS : 0, ...waits);
      return {
        ...(refused && { status: getHTTPStatusCodeFromError(refused) }),
        ...(seconds > 0 && { headers: { 'Retry-After': String(seconds) } }),
      };
    },
  });
}

export { handler as GET, handler as POST };
