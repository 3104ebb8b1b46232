import { toFanfoldError } from '#server/errors.ts';
import type { TaskFailure } from './protocol.ts';

/** An error as it crosses from one process to another. */
export function failureOf(error: unknown): TaskFailure {
  const { code, message, sentence } = toFanfoldError(error);
  return { code, detail: message.replace(`${code}: `, ''), sentence };
}
