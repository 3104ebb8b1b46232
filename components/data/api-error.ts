import { type FanfoldErrorShape, fanfoldErrorOf } from '#client/errors.ts';

const OFFLINE: FanfoldErrorShape = {
  code: 'UNAVAILABLE',
  sentence: 'The server cannot be reached. Check the connection and try again.',
};

/** What went wrong, in words for the person who sees it. */
export function apiError(error: unknown): FanfoldErrorShape {
  return fanfoldErrorOf(error) ?? OFFLINE;
}

export function isNotFound(error: unknown): boolean {
  return error != null && apiError(error).code === 'NOT_FOUND';
}
