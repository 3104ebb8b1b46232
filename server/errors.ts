/** How often a failed step is tried: `permanent` once, `transient` up to the job's attempts. */
export type Persistence = 'permanent' | 'transient';

interface ErrorEntry {
  /** HTTP status of the code where it answers a request. */
  status: number;
  persistence: Persistence;
  /** The sentence that a user reads. */
  sentence: string;
}

const permanent = (status: number, sentence: string): ErrorEntry => ({
  status,
  persistence: 'permanent',
  sentence,
});
const transient = (status: number, sentence: string): ErrorEntry => ({
  status,
  persistence: 'transient',
  sentence,
});

/** The closed list of error codes. Each has its entry in docs/errors.md. */
export const ERRORS = {
  INVALID_INPUT: permanent(400, 'The request is not valid.'),
  UNAUTHORIZED: permanent(401, 'Sign in or send an API key.'),
  NOT_FOUND: permanent(404, 'There is no such document.'),
  CONFLICT: permanent(409, 'The document is in a state that does not allow this.'),
  REQUEST_ID_REUSED: permanent(409, 'This request id was used for another file or other options.'),
  TOO_MANY_REQUESTS: transient(429, 'Too many requests. Go on in a moment.'),
  UNAVAILABLE: transient(503, 'The service is not ready. Try again in a moment.'),
  INTERNAL: transient(500, 'Something went wrong on our side. Try again.'),

  LANGUAGE_MISSING: permanent(422, 'A language that was asked for is not installed.'),
  ENGINE_MISSING: permanent(422, 'The engine that was asked for is not set up.'),
  FILE_TOO_LARGE: permanent(413, 'The file is larger than this server accepts.'),
  EMPTY_FILE: permanent(422, 'The file is empty.'),
  UNSUPPORTED_TYPE: permanent(
    415,
    'This kind of file cannot be read. Send a PDF, PNG, JPEG, WebP or TIFF.',
  ),
  UPLOAD_MISSING: permanent(409, 'The file has not arrived yet. Finish the upload first.'),
  UPLOAD_MISMATCH: permanent(
    422,
    'The file that arrived is not the one that was announced. Upload it again.',
  ),
  UPLOAD_EXPIRED: permanent(410, 'The upload was not finished in time. Start it again.'),
  SOURCE_MISSING: permanent(404, 'The uploaded file is no longer in the object store.'),
  STORAGE_UNAVAILABLE: transient(
    503,
    'The object store did not answer. The work will be tried again.',
  ),

  CORRUPT_FILE: permanent(422, 'The file is damaged and cannot be opened.'),
  PASSWORD_REQUIRED: permanent(422, 'The file is protected. Give its password to go on.'),
  PASSWORD_WRONG: permanent(422, 'That password does not open the file.'),
  UNSUPPORTED_ENCRYPTION: permanent(422, 'The file is encrypted in a way that cannot be read.'),
  TOO_MANY_PAGES: permanent(422, 'The file has more pages than this server accepts.'),
  NO_PAGES: permanent(422, 'The file has no pages.'),
  PAGES_NOT_FOUND: permanent(422, 'The file has none of the pages that were asked for.'),

  PAGE_TOO_LARGE: permanent(422, 'The page is larger than can be rendered.'),
  IMAGE_TOO_LARGE: permanent(422, 'An image is larger than can be decoded safely.'),
  IMAGE_TOO_SMALL: permanent(422, 'The image is too small to hold text.'),
  IMAGE_UNREADABLE: permanent(422, 'An image on the page could not be decoded.'),
  DECOMPRESSION_LIMIT: permanent(422, 'The page unpacks to more data than is safe.'),
  PAGE_TIMEOUT: permanent(504, 'The page took longer than the limit to read.'),
  PAGE_OUT_OF_MEMORY: permanent(507, 'The page needed more memory than the limit.'),
  PAGE_CRASHED: transient(500, 'The process that read the page ended unexpectedly.'),
  WORKER_CRASHED: permanent(500, 'The worker that read the page stopped each time it tried.'),
  RENDER_FAILED: permanent(500, 'The page could not be drawn.'),
  RECOGNITION_FAILED: transient(500, 'The text of the page could not be recognised.'),

  VISION_UNAVAILABLE: transient(503, 'The vision model did not answer. It will be asked again.'),
  VISION_REFUSED: permanent(502, 'The vision model did not accept the key or the request.'),
  VISION_ANSWER_INVALID: transient(502, 'The vision model gave an answer that is not usable.'),

  OUTPUT_FAILED: permanent(500, 'This output could not be made from the file.'),
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;

export const ERROR_CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];

/**
 * A failure of the domain. `message` is for logs; users read `sentence`, which never holds a path,
 * SQL or a stack. The library error that led here is kept as `cause`.
 */
export class FanfoldError extends Error {
  override readonly name = 'FanfoldError';
  readonly code: ErrorCode;
  readonly sentence: string;
  /** Seconds after which the request may succeed. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ErrorCode,
    options: { sentence?: string; detail?: string; cause?: unknown; retryAfter?: number } = {},
  ) {
    const sentence = options.sentence ?? ERRORS[code].sentence;
    super(options.detail ? `${code}: ${options.detail}` : `${code}: ${sentence}`, {
      cause: options.cause,
    });
    this.code = code;
    this.sentence = sentence;
    this.retryAfter = options.retryAfter;
  }

  get permanent(): boolean {
    return ERRORS[this.code].persistence === 'permanent';
  }
}

/**
 * Any thrown value as a `FanfoldError`; what is not one already becomes `fallback`, a full disk
 * UNAVAILABLE: it may have room again.
 */
export function toFanfoldError(error: unknown, fallback: ErrorCode = 'INTERNAL'): FanfoldError {
  if (error instanceof FanfoldError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  const full = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
  return new FanfoldError(full ? 'UNAVAILABLE' : fallback, { detail, cause: error });
}
