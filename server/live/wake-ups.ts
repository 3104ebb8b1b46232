import type { LiveHub } from './hub.ts';

/** Gathers what may have changed while its watcher is at work. */
export interface WakeUps {
  add(documentId: string): void;
  /** The documents that may have changed since the last call; waits until there is one. */
  next(): Promise<string[]>;
  close(): void;
}

export function collectWakeUps(hub: LiveHub, ownerId: string, signal: AbortSignal): WakeUps {
  let pending = new Set<string>();
  let waiting = Promise.withResolvers<void>();
  const add = (documentId: string) => {
    pending.add(documentId);
    waiting.resolve();
  };
  const unsubscribe = hub.subscribe({ ownerId, wake: add });
  const stop = () => waiting.resolve();
  signal.addEventListener('abort', stop, { once: true });
  return {
    add,
    async next() {
      await waiting.promise;
      waiting = Promise.withResolvers<void>();
      const taken = [...pending];
      pending = new Set();
      return taken;
    },
    close() {
      unsubscribe();
      signal.removeEventListener('abort', stop);
    },
  };
}
