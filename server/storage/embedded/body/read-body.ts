import type { IncomingMessage } from 'node:http';
import { S3Error } from '../errors.ts';

/** A client that sends fewer bytes than this in a stall period is cut off. */
const MIN_BYTES_PER_PERIOD = 1024;

export interface BodyOptions {
  /** Milliseconds within which a client that we wait for must send something substantial. */
  stallMs: number;
  /** Called before the first byte is read: answers `Expect: 100-continue`. */
  begin(): void;
}

/**
 * The bytes of a request. Stopping early leaves the connection open, so that an error can be answered.
 * Throws `IncompleteBody` where the client goes away and `RequestTimeout` where it dawdles.
 */
export async function* readBody(
  message: IncomingMessage,
  { stallMs, begin }: BodyOptions,
): AsyncGenerator<Buffer> {
  begin();
  let arrived = 0;
  let waiting = true;
  const watch = setInterval(() => {
    if (waiting && arrived < MIN_BYTES_PER_PERIOD) message.destroy(timeout());
    arrived = 0;
  }, stallMs);
  try {
    for await (const chunk of message.iterator({ destroyOnReturn: false })) {
      arrived += chunk.length;
      waiting = false;
      yield chunk;
      waiting = true;
    }
  } catch (cause) {
    if (cause instanceof S3Error) throw cause;
    throw new S3Error('IncompleteBody', 'The request body terminated unexpectedly.', { cause });
  } finally {
    clearInterval(watch);
  }
}

function timeout(): S3Error {
  return new S3Error(
    'RequestTimeout',
    'Your socket connection to the server was not read from or written to within the timeout period.',
  );
}

/** Reads a small body whole. Throws `MalformedXML` where it is larger than `limit` bytes. */
export async function collect(chunks: AsyncIterable<Buffer>, limit: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > limit) throw new S3Error('MalformedXML', 'The XML you provided is too large.');
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}
