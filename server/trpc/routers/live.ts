import { TRPCError, type TrackedEnvelope, tracked } from '@trpc/server';
import { z } from 'zod';
import { getOwnedDocument } from '../../documents/internal.ts';
import { MAX_CURSOR_LENGTH, MAX_WATCHED, parseCursor } from '../../live/cursor.ts';
import { type LiveUpdate, type TrackedUpdate, watchChanges } from '../../live/watch.ts';
import type { Logger } from '../../logger.ts';
import { toTRPCError } from '../errors.ts';
import { ownerProcedure, router } from '../init.ts';

/** The id of updates from before the first one that can be resumed from. */
const NO_CURSOR = '-';

const watchSchema = z.object({
  /** The document that the stream is of: where there is none, or no longer, there is no stream. */
  documentId: z.uuid().optional(),
  /** Documents whose pages are watched as well; those that are not there are told as gone. */
  documentIds: z.array(z.uuid()).max(MAX_WATCHED).default([]),
  /** The last tracked id that was received; the client's transport fills it in on reconnect. */
  lastEventId: z.string().max(MAX_CURSOR_LENGTH).nullish(),
});

export const liveRouter = router({
  watch: ownerProcedure.input(watchSchema).subscription(async ({ ctx: request, input, signal }) => {
    const { ctx, hub, stopping } = request;
    const { documentId: required, documentIds } = input;
    if (required) await getOwnedDocument(ctx, required);
    const ids = required ? [required, ...documentIds] : documentIds;
    const lastEventId = input.lastEventId || NO_CURSOR;
    const updates = watchChanges({
      ownerId: ctx.ownerId,
      hub,
      input: { documents: parseCursor(lastEventId, ids), required },
      signal: AbortSignal.any(signal ? [signal, stopping] : [stopping]),
    });
    return answering(trackUpdates(updates, lastEventId, stopping), ctx.logger);
  }),
});

async function* trackUpdates(
  updates: AsyncIterable<TrackedUpdate>,
  lastEventId: string,
  stopping: AbortSignal,
): AsyncGenerator<TrackedEnvelope<LiveUpdate>, void> {
  let cursor = lastEventId;
  for await (const next of updates) {
    cursor = next.cursor ?? cursor;
    yield tracked(cursor, next.update);
  }
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
