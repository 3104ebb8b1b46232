import { listen } from '#db/listen.ts';
import { CHANGE_CHANNEL, type Change, parseChange } from './notify.ts';

/** Milliseconds between reads while no notification can arrive. */
const POLL = 5_000;

export interface Subscriber {
  ownerId: string;
  /** Called with the document that may have changed, or with none where all may have. */
  wake: (documentId: string | undefined) => void;
}

/** Spreads the notifications of one LISTEN connection over the subscribers of this process. */
export interface LiveHub {
  subscribe(subscriber: Subscriber): () => void;
  close(): Promise<void>;
}

export function createLiveHub(options: { url: string }): LiveHub {
  const subscribers = new Set<Subscriber>();
  const stopping = new AbortController();
  let connected = false;

  const wake = (change: Change) => {
    for (const subscriber of subscribers) {
      if (subscriber.ownerId === change.ownerId) subscriber.wake(change.documentId);
    }
  };
  const wakeAll = () => {
    for (const subscriber of subscribers) subscriber.wake(undefined);
  };
  const listening = listen(
    {
      url: options.url,
      channel: CHANGE_CHANNEL,
      onNotification: (payload) => {
        const change = parseChange(payload);
        if (change) wake(change);
      },
      onState: (state) => {
        connected = state;
        if (state) wakeAll();
      },
    },
    stopping.signal,
  );
  const poll = setInterval(() => {
    if (!connected) wakeAll();
  }, POLL);

  return {
    subscribe(subscriber) {
      subscribers.add(subscriber);
      return () => subscribers.delete(subscriber);
    },
    async close() {
      clearInterval(poll);
      stopping.abort();
      await listening;
    },
  };
}
