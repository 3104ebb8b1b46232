import { initTRPC, type TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { ZodError } from 'zod';
import { type Context, LOCAL_OWNER_ID } from '../context.ts';
import { type ErrorCode, FanfoldError } from '../errors.ts';
import type { LiveHub } from '../live/hub.ts';
import { type LimitedAction, takeToken } from '../rate-limit.ts';
import { toTRPCError } from './errors.ts';

export interface RequestContext {
  /** Undefined where the request carries no valid credentials. */
  ctx: Context | undefined;
  hub: LiveHub;
  /** Aborts when this process stops; subscriptions end with an error that clients retry on. */
  stopping: AbortSignal;
}

/** What a client finds in `error.data.fanfold`. */
export interface ErrorShape {
  code: ErrorCode;
  sentence: string;
  /** Seconds after which the request may succeed. */
  retryAfter?: number;
}

const t = initTRPC.context<RequestContext>().create({
  sse: {
    ping: { enabled: true, intervalMs: 10_000 },
    client: { reconnectAfterInactivityMs: 25_000 },
  },
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    message: fanfoldError(error).sentence,
    data: {
      code: shape.data.code,
      httpStatus: getHTTPStatusCodeFromError(error),
      fanfold: errorShape(error),
    },
  }),
});

export const router = t.router;

/** Every procedure acts for an owner, and its failures leave as the codes of the closed list. */
export const ownerProcedure = t.procedure.use(async ({ ctx: request, next }) => {
  const { ctx } = request;
  if (!ctx) throw toTRPCError(new FanfoldError('UNAUTHORIZED'));
  const result = await next({ ctx: { ...request, ctx } });
  if (!result.ok) throw toTRPCError(result.error.cause ?? result.error, ctx.logger);
  return result;
});

/** Until accounts exist, the local owner runs the installation; to others this is not there. */
export const adminProcedure = ownerProcedure.use(({ ctx: { ctx }, next }) => {
  if (ctx.ownerId !== LOCAL_OWNER_ID) {
    throw new FanfoldError('NOT_FOUND', { sentence: 'There is no such procedure.' });
  }
  return next();
});

/** A procedure that an owner may call only so often. */
export const limitedProcedure = (action: LimitedAction) =>
  ownerProcedure.use(async ({ ctx: { ctx }, next }) => {
    await takeToken(ctx, action);
    return next();
  });

function errorShape(error: TRPCError): ErrorShape {
  const { code, sentence, retryAfter } = fanfoldError(error);
  return { code, sentence, ...(retryAfter && { retryAfter }) };
}

function fanfoldError(error: TRPCError): FanfoldError {
  if (error.cause instanceof FanfoldError) return error.cause;
  if (error.cause instanceof ZodError) {
    const [issue] = error.cause.issues;
    const where = issue?.path.join('.') || 'input';
    return new FanfoldError('INVALID_INPUT', {
      sentence: `${where}: ${issue?.message ?? 'not valid'}`,
    });
  }
  if (error.code === 'NOT_FOUND')
    return new FanfoldError('NOT_FOUND', { sentence: 'There is no such procedure.' });
  if (error.code === 'SERVICE_UNAVAILABLE') return new FanfoldError('UNAVAILABLE');
  if (getHTTPStatusCodeFromError(error) < 500) return new FanfoldError('INVALID_INPUT');
  return new FanfoldError('INTERNAL');
}
