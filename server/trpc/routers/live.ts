import { TRPCError, type TrackedEnvelope, tracked } from '@trpc/server';
import { type IdentifiedUpdate, openWatch, watchSchema } from '../../live/open-watch.ts';
import type { LiveUpdate } from '../../live/watch.ts';
import type { Logger } from '../../logger.ts';
import { toTRPCError } from '../errors.ts';
import { ownerProcedure, router } from '../init.ts';

export const liveRouter = router({
  /** In production the web server answers this path itself: see server/web/live-stream.ts. */
  watch: ownerProcedure.input(watchSchema).subscription(async ({ ctx: request, input, signal }) => {
    const { ctx, hub, stopping } = request;
    const ending = AbortSignal.any(signal ? [signal, stopping] : [stopping]);
    const updates = await openWatch({ ctx, hub, input, signal: ending });
    return answering(track(updates, stopping), ctx.logger);
  }),
});

async function* track(
  updates: AsyncIterable<IdentifiedUpdate>,
  stopping: AbortSignal,
): AsyncGenerator<TrackedEnvelope<LiveUpdate>, void> {
  for await (const { id, update } of updates) yield tracked(id, update);
  if (stopping.aborted) throw new TRPCError({ code: 'SERVICE_UNAVAILABLE' });
}

/**
 * The same, with the errors that clients know. tRPC asks for the next update before the last one is
 * taken; where the reader is slow or has left, nobody awaits the answer, and it must not end the process.
 */
function answering<T>(updates: AsyncGenerator<T, void>, logger: Logger): AsyncIterable<T, void> {
  const next = () => {
    const answer = updates.next().catch((error: unknown) => {
      throw toTRPCError(error, logger);
    });
    answer.catch(() => undefined);
    return answer;
  };
  return {
    [Symbol.asyncIterator]: () => ({ next, return: () => updates.return() }),
  };
}
