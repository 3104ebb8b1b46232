/** The work's result; rejects with the signal's reason, once `stop` was called, where that comes first. */
export function orStopped<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
  stop: () => unknown,
): Promise<T> {
  if (!signal) return work;
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => {
    stop();
    reject(signal.reason);
  };
  signal.addEventListener('abort', abort, { once: true });
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', abort));
}
