import { formatCursor, parseCursor } from '#server/live/cursor.ts';
import type { ApiClient } from '../data/api-client.ts';
import type { EventSpan } from './known-events.ts';
import type { OpenStream } from './leader.ts';

/** The stream of the server, as the tab that leads holds it. */
export const openStream =
  (client: ApiClient): OpenStream =>
  (documents, { onUpdate, onDown }) => {
    const told = new Map(documents);
    const { unsubscribe } = client.live.watch.subscribe(
      { documentIds: [...documents.keys()], lastEventId: formatCursor(documents) },
      {
        onData: ({ id, data }) => {
          if (data.kind !== 'document') return onUpdate(data);
          onUpdate(data, advance(told, data.document.id, id));
        },
        onConnectionStateChange: ({ state }) => state === 'connecting' && onDown(false),
        onError: () => onDown(true),
        onComplete: () => onDown(true),
      },
    );
    return unsubscribe;
  };

/** Goes on to where the cursor stands after an update. Of several portions only the last moves it. */
function advance(told: Map<string, number>, documentId: string, cursor: string): EventSpan {
  const after = told.get(documentId) ?? 0;
  const upTo = parseCursor(cursor, [documentId]).get(documentId) ?? after;
  told.set(documentId, upTo);
  return { after, upTo };
}
