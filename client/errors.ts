import type { ErrorCode } from '#server/errors.ts';

export interface FanfoldErrorShape {
  code: ErrorCode;
  /** What a user reads. */
  sentence: string;
  /** Seconds after which the request may succeed. */
  retryAfter?: number;
}

/** A failure that the client itself found, in the same form as the server's. */
export class FanfoldClientError extends Error {
  override readonly name = 'FanfoldClientError';
  readonly data: { fanfold: FanfoldErrorShape };
  /** Whether another try may succeed. */
  readonly transient: boolean;

  constructor(
    code: ErrorCode,
    sentence: string,
    options: { transient?: boolean; cause?: unknown } = {},
  ) {
    super(sentence, { cause: options.cause });
    this.data = { fanfold: { code, sentence } };
    this.transient = options.transient ?? false;
  }
}

/** The code and the sentence of a failure; undefined where no answer of a Fanfold was behind it. */
export function fanfoldErrorOf(error: unknown): FanfoldErrorShape | undefined {
  return dataOf(error)?.fanfold;
}

/** Whether another try may succeed: the server failed or is busy, or the network did not carry. */
export function isTransient(error: unknown): boolean {
  if (error instanceof FanfoldClientError) return error.transient;
  if (!isCallError(error)) return false;
  const status = dataOf(error)?.httpStatus;
  return status === undefined || status >= 500 || status === 429;
}

/** The failure with a code and a sentence, whatever it was. */
export function asFanfoldError(error: unknown): Error {
  if (error instanceof Error && fanfoldErrorOf(error)) return error;
  if (isCallError(error)) {
    const sentence = 'The server did not answer. Check the connection and try again.';
    return new FanfoldClientError('UNAVAILABLE', sentence, { transient: true, cause: error });
  }
  if (isUnreadable(error)) {
    const sentence = 'The file was changed or removed while it was read. Choose it again.';
    return new FanfoldClientError('UPLOAD_MISMATCH', sentence, { cause: error });
  }
  return error instanceof Error ? error : new Error(String(error));
}

interface ErrorData {
  fanfold?: FanfoldErrorShape;
  httpStatus?: number;
}

function dataOf(error: unknown): ErrorData | undefined {
  if (typeof error !== 'object' || error === null || !('data' in error)) return undefined;
  return (error.data as ErrorData | null) ?? undefined;
}

function isCallError(error: unknown): boolean {
  return error instanceof Error && error.name === 'TRPCClientError';
}

/** What browsers and Node throw where a file is no longer what it was when it was chosen. */
function isUnreadable(error: unknown): boolean {
  return error instanceof DOMException && /^Not(Readable|Found)Error$/.test(error.name);
}
