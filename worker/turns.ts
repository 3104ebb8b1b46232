import pLimit from 'p-limit';

/** Hands out at most so many turns at once, first come first served; a turn is taken until it is given back. */
export interface Turns {
  /** Rejects with the reason of `stopping` where that has aborted before the turn has come. */
  take(): Promise<() => void>;
}

export function createTurns(count: number, stopping: AbortSignal): Turns {
  const limit = pLimit(count);
  return {
    take: () =>
      new Promise((taken, refuse) => {
        void limit(async () => {
          if (stopping.aborted) refuse(stopping.reason);
          else await new Promise<void>((giveBack) => taken(giveBack));
        });
      }),
  };
}
