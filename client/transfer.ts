import axios, { type AxiosRequestConfig, isAxiosError } from 'axios';
import { FanfoldClientError } from './errors.ts';

/** Milliseconds without a byte or an answer after which a request is given up. */
const STALL = 60_000;

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Statuses and S3 codes after which the same request may succeed. */
const TRANSIENT_STATUS = /^(408|429|5..)$/;
const TRANSIENT_CODE = /<Code>(RequestTimeout|SlowDown)<\/Code>/;

/** S3 codes of bytes that are not the announced ones. */
const MISMATCH =
  /<Code>(BadDigest|InvalidDigest|XAmzContentSHA256Mismatch|XAmzContentChecksumMismatch|EntityTooLarge|EntityTooSmall|IncompleteBody)<\/Code>/;

export interface Transfer {
  method: 'POST' | 'PUT';
  url: string;
  headers?: Record<string, string>;
  body: FormData | Blob;
  signal: AbortSignal;
  /** Told the number of bytes of the body that have been sent. */
  onBytes(bytes: number): void;
}

/** Sends bytes to the object store. Rejects with a FanfoldClientError. */
export async function transfer(options: Transfer): Promise<void> {
  const { method, url, headers = {}, body, signal, onBytes } = options;
  const watch = watchForStall();
  const config: AxiosRequestConfig = {
    method,
    url,
    headers,
    data: body,
    signal: AbortSignal.any([signal, watch.signal]),
    responseType: 'text',
    // Redirects would have Node keep the whole body in memory.
    maxRedirects: 0,
    onUploadProgress: ({ loaded }) => {
      watch.rearm();
      onBytes(loaded);
    },
    ...(LOOPBACK.test(new URL(url).hostname) && { proxy: false }),
  };
  try {
    await axios.request(config);
  } catch (error) {
    throw transferError(error);
  } finally {
    watch.stop();
  }
}

function watchForStall() {
  const controller = new AbortController();
  const start = () => setTimeout(() => controller.abort(), STALL);
  let timer = start();
  return {
    signal: controller.signal,
    rearm() {
      clearTimeout(timer);
      timer = start();
    },
    stop: () => clearTimeout(timer),
  };
}

function transferError(error: unknown): FanfoldClientError {
  const response = isAxiosError(error) ? error.response : undefined;
  const cause = { cause: error };
  if (!response) return unavailable({ ...cause, transient: true });
  const answer = String(response.data);
  if (TRANSIENT_STATUS.test(String(response.status)) || TRANSIENT_CODE.test(answer)) {
    return unavailable({ ...cause, transient: true });
  }
  if (MISMATCH.test(answer)) {
    const sentence = 'The file changed while it was uploaded. Choose it again.';
    return new FanfoldClientError('UPLOAD_MISMATCH', sentence, cause);
  }
  if (response.status === 403) return new AddressExpired(cause);
  if (response.status === 404) {
    const sentence = 'The upload was not finished in time. Start it again.';
    return new FanfoldClientError('UPLOAD_EXPIRED', sentence, cause);
  }
  return unavailable(cause);
}

function unavailable(options: { transient?: boolean; cause: unknown }): FanfoldClientError {
  const sentence = 'The object store did not take the file. Try again in a moment.';
  return new FanfoldClientError('STORAGE_UNAVAILABLE', sentence, options);
}

/** The store refused the signature: most likely it is too old, and a new one will do. */
export class AddressExpired extends FanfoldClientError {
  constructor(options: { cause: unknown }) {
    const sentence = 'The object store refused the upload. Start it again.';
    super('STORAGE_UNAVAILABLE', sentence, { ...options, transient: true });
  }
}
