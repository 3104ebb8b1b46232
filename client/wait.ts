/** Milliseconds after which a browser that says it is offline is doubted. */
const OFFLINE_DOUBT = 30_000;

/** Resolves after `milliseconds`, or at once when the signal aborts. */
export function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return waitFor(milliseconds, signal);
}

export function isOffline(): boolean {
  return globalThis.navigator?.onLine === false;
}

/** Resolves when the browser is online, or may be; at once in Node. */
export function waitUntilOnline(signal: AbortSignal): Promise<void> {
  return isOffline() ? waitFor(OFFLINE_DOUBT, signal, 'online') : Promise.resolve();
}

function waitFor(milliseconds: number, signal: AbortSignal, event?: 'online'): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      if (event) globalThis.removeEventListener?.(event, done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
    if (event) globalThis.addEventListener?.(event, done);
  });
}
