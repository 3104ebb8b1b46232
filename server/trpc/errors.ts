import { TRPCError } from '@trpc/server';
import { isDatabaseUnavailable } from '../database-errors.ts';
import { ERRORS, FanfoldError } from '../errors.ts';
import type { Logger } from '../logger.ts';

const TRPC_CODES: Record<number, TRPCError['code']> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  410: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  422: 'UNPROCESSABLE_CONTENT',
  429: 'TOO_MANY_REQUESTS',
  503: 'SERVICE_UNAVAILABLE',
};

/** The one mapper to the transport. What it does not know becomes INTERNAL, and its text is logged, not sent. */
export function toTRPCError(error: unknown, logger?: Logger): TRPCError {
  if (error instanceof TRPCError) return error;
  const known = knownError(error);
  if (known.code === 'INTERNAL' || known.code === 'UNAVAILABLE') {
    logger?.error({ err: error }, 'a request failed');
  }
  return new TRPCError({
    code: TRPC_CODES[ERRORS[known.code].status] ?? 'INTERNAL_SERVER_ERROR',
    message: known.sentence,
    cause: known,
  });
}

function knownError(error: unknown): FanfoldError {
  if (error instanceof FanfoldError) return error;
  return new FanfoldError(isDatabaseUnavailable(error) ? 'UNAVAILABLE' : 'INTERNAL', {
    cause: error,
  });
}
