'use client';

import { useRef } from 'react';
import { isNotFound } from './api-error.ts';

/** Milliseconds after which what could not be read at first is asked for again. */
const TRY_AGAIN = 5_000;

/** For `refetchInterval`: asks again while there is nothing to show, unless there never will be. */
export function untilThere({ state }: { state: { data: unknown; error: unknown } }) {
  const failed = state.data === undefined && state.error && !isNotFound(state.error);
  return failed ? TRY_AGAIN : (false as const);
}

/** Why there is nothing to show yet; it stays while that is asked for again. */
export function useFailure({ data, error }: { data: unknown; error: unknown }): unknown {
  const last = useRef<unknown>(null);
  if (error) last.current = error;
  return data === undefined ? last.current : null;
}
