/**
 * Aborts `controller` when one of the signals aborts, until what it returns is called. As
 * `AbortSignal.any`, which leaves 2 kB behind each time while one of the signals lives as long as
 * the worker (Node 24).
 */
export function passOn(signals: AbortSignal[], controller: AbortController): () => void {
  const watched = signals.map((signal) => {
    const abort = () => controller.abort(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    return () => signal.removeEventListener('abort', abort);
  });
  return () => {
    for (const stop of watched) stop();
  };
}
