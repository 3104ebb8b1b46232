import type { ErrorCode } from '#server/errors.ts';

/** What one can do about a document that failed, by its code. */
const ADVICE: Partial<Record<ErrorCode, string>> = {
  UPLOAD_MISMATCH: 'Delete this document and upload the file again.',
  UPLOAD_EXPIRED: 'Delete this document and upload the file again.',
  UNSUPPORTED_TYPE: 'Save it as a PDF or a picture and upload that.',
  CORRUPT_FILE: 'Open it in a PDF or picture viewer, save a new copy, and upload that.',
  UNSUPPORTED_ENCRYPTION: 'Open it with its password, save a copy without one, and upload that.',
  TOO_MANY_PAGES: 'Split it and upload the parts.',
  NO_PAGES: 'Check that it is the right file.',
  DECOMPRESSION_LIMIT: 'Open it in a viewer, print it to a new PDF, and upload that.',
  SOURCE_MISSING: 'Upload the file again.',
};

/** The next step for a code; undefined where trying again is all there is. */
export function adviceFor(code: ErrorCode): string | undefined {
  return ADVICE[code];
}
