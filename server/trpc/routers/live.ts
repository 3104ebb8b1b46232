import { TRPCError, tracked } from '@trpc/server';
import { z } from 'zod';
import { watchChanges } from '../../live/watch.ts';
import { ownerProcedure, router } from '../init.ts';

/** The id of updates from before the first one that can be resumed from. */
const NO_CURSOR = '-';

const watchSchema = z.object({
  /** Also watch the pages of this document. */
  documentId: z.uuid().optional(),
  /** The last tracked id that was received; the client's transport fills it in on reconnect. */
  lastEventId: z.string().max(100).nullish(),
});

export const liveRouter = router({
  watch: ownerProcedure.input(watchSchema).subscription(async function* ({
    ctx: request,
    input,
    signal,
  }) {
    const { ctx, hub, stopping } = request;
    const ending = AbortSignal.any(signal ? [signal, stopping] : [stopping]);
    const { documentId } = input;
    const after = resumeAfter(input.lastEventId, documentId);
    const updates = watchChanges({ ctx, hub, input: { documentId, after }, signal: ending });
    let cursor = input.lastEventId || NO_CURSOR;
    for await (const next of updates) {
      cursor = next.cursor ?? cursor;
      yield tracked(cursor, next.update);
    }
    if (stopping.aborted) throw new TRPCError({ code: 'SERVICE_UNAVAILABLE' });
  }),
});

function resumeAfter(
  lastEventId: string | null | undefined,
  documentId: string | undefined,
): number {
  const [id, seq] = lastEventId?.split(':') ?? [];
  const known = id !== undefined && id === documentId && /^\d{1,9}$/.test(seq ?? '');
  return known ? Number(seq) : 0;
}
