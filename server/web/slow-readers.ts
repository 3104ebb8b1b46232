/** Milliseconds in which a reader of a stream has to take what was sent. */
const PATIENCE = 20_000;

/**
 * The same body, which breaks off when its reader takes nothing for 20 s. Nothing is read ahead
 * meanwhile: what piles up is what is under way. The reader comes back and resumes.
 */
export function dropSlowReaders(
  body: ReadableStream<Uint8Array>,
  patience = PATIENCE,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let timer: NodeJS.Timeout | undefined;
  const drop = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    // Servers end the connection on an AbortError without reporting it as a failure of theirs.
    controller.error(new DOMException('The reader is too slow.', 'AbortError'));
    void reader.cancel().catch(() => undefined);
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        clearTimeout(timer);
        const { done, value } = await reader.read();
        if (done) return controller.close();
        controller.enqueue(value);
        timer = setTimeout(drop, patience, controller);
      },
      cancel(reason) {
        clearTimeout(timer);
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
