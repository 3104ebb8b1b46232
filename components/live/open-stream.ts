import { formatCursor } from '#server/live/cursor.ts';
import type { ApiClient } from '../data/api-client.ts';
import type { OpenStream } from './leader.ts';

/** The stream of the server, as the tab that leads holds it. */
export const openStream =
  (client: ApiClient): OpenStream =>
  (documents, { onUpdate, onDown }) => {
    const { unsubscribe } = client.live.watch.subscribe(
      { documentIds: [...documents.keys()], lastEventId: formatCursor(documents) },
      {
        onData: ({ data }) => onUpdate(data),
        onConnectionStateChange: ({ state }) => state === 'connecting' && onDown(false),
        onError: () => onDown(true),
        onComplete: () => onDown(true),
      },
    );
    return unsubscribe;
  };
