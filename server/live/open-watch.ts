import { z } from 'zod';
import type { Context } from '../context.ts';
import { getOwnedDocument } from '../documents/internal.ts';
import { MAX_CURSOR_LENGTH, MAX_WATCHED, parseCursor } from './cursor.ts';
import type { LiveHub } from './hub.ts';
import { type LiveUpdate, watchChanges } from './watch.ts';

export const watchSchema = z.object({
  /** The document that the stream is of: where there is none, or no longer, there is no stream. */
  documentId: z.uuid().optional(),
  /** Documents whose pages are watched as well; those that are not there are told as gone. */
  documentIds: z.array(z.uuid()).max(MAX_WATCHED).default([]),
  /** The last id that was received; the client's transport fills it in on reconnect. */
  lastEventId: z.string().max(MAX_CURSOR_LENGTH).nullish(),
});

/** An update with the id from which a client may resume. */
export interface IdentifiedUpdate {
  id: string;
  update: LiveUpdate;
}

/** The id of updates from before the first one that can be resumed from. */
const NO_CURSOR = '-';

/** Throws NOT_FOUND where the owner has no document of `documentId`, at once or when it goes. */
export async function openWatch({
  ctx,
  hub,
  input,
  signal,
}: {
  ctx: Context;
  hub: LiveHub;
  input: z.output<typeof watchSchema>;
  signal: AbortSignal;
}): Promise<AsyncGenerator<IdentifiedUpdate, void>> {
  const { documentId: required, documentIds } = input;
  if (required) await getOwnedDocument(ctx, required);
  const ids = required ? [required, ...documentIds] : documentIds;
  const lastId = input.lastEventId || NO_CURSOR;
  const documents = parseCursor(lastId, ids);
  const updates = watchChanges({
    ownerId: ctx.ownerId,
    hub,
    input: { documents, required },
    signal,
  });
  return identify(updates, lastId);
}

async function* identify(
  updates: ReturnType<typeof watchChanges>,
  lastId: string,
): AsyncGenerator<IdentifiedUpdate, void> {
  let id = lastId;
  for await (const { cursor, update } of updates) {
    id = cursor ?? id;
    yield { id, update };
  }
}
