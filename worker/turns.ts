import pLimit from 'p-limit';

/** Hands out at most so many turns at once, first come first served; a turn is taken until it is given back. */
export interface Turns {
  take(): Promise<() => void>;
}

export function createTurns(count: number): Turns {
  const limit = pLimit(count);
  return {
    take: () =>
      new Promise((taken) => {
        void limit(() => new Promise<void>((giveBack) => taken(giveBack)));
      }),
  };
}
