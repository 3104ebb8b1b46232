import type { ErrorCode } from '#server/errors.ts';

/** Codes for which there is more to do than to try again. */
const ADVISED = [
  'UPLOAD_MISMATCH',
  'UPLOAD_EXPIRED',
  'UNSUPPORTED_TYPE',
  'CORRUPT_FILE',
  'UNSUPPORTED_ENCRYPTION',
  'TOO_MANY_PAGES',
  'NO_PAGES',
  'DECOMPRESSION_LIMIT',
  'SOURCE_MISSING',
] as const satisfies ErrorCode[];

/** The code, where the catalogues know what one can do about it. */
export function advisedCode(code: ErrorCode): (typeof ADVISED)[number] | undefined {
  return ADVISED.find((one) => one === code);
}
