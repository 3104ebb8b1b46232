import { createSHA256 } from 'hash-wasm';

/** A file to upload: a `File` in the browser, one from `fs.openAsBlob` in Node. */
export interface UploadSource {
  readonly name: string;
  /** MIME type; empty where it is not known. */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  slice(start: number, end: number): Blob;
}

/** Bytes that are in memory at once. */
const SLICE = 4 * 1024 * 1024;

/** SHA-256 of the bytes from `start` to before `end`, lower-case hex. */
export async function hashSource(
  source: UploadSource,
  options: {
    signal?: AbortSignal | undefined;
    start?: number;
    end?: number;
    /** Told the number of bytes that are done. */
    onBytes?: ((bytes: number) => void) | undefined;
  } = {},
): Promise<string> {
  const { signal, start = 0, end = source.size, onBytes } = options;
  const hasher = await createSHA256();
  for (let at = start; at < end; at += SLICE) {
    signal?.throwIfAborted();
    const to = Math.min(at + SLICE, end);
    hasher.update(new Uint8Array(await source.slice(at, to).arrayBuffer()));
    onBytes?.(to - start);
  }
  return hasher.digest('hex');
}

/** Rejects where the file cannot be read any more. */
export async function requireReadable(source: UploadSource): Promise<void> {
  await source.slice(0, 1).arrayBuffer();
}
