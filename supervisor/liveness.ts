import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds between two questions, and without an answer before a process counts as hung. */
export interface Patience {
  everyMs: number;
  silentMs: number;
}

export const PATIENCE: Patience = { everyMs: 5_000, silentMs: 30_000 };
/** Until it is ready: loading a program keeps it from answering, for long on a slow machine. */
export const START_PATIENCE: Patience = { everyMs: 5_000, silentMs: 120_000 };

/**
 * Asks whether a process still works until `signal` aborts, and calls `onSilent` when it has not
 * answered for too long: it was stopped, or it hangs. A machine that slept is no reason: the time
 * counts from the first question that was asked in vain.
 */
export async function watchLiveness(options: {
  alive: () => Promise<boolean>;
  patience: Patience;
  signal: AbortSignal;
  onSilent: () => void;
}): Promise<void> {
  const { alive, patience, signal, onSilent } = options;
  let silentSince: number | undefined;
  while (!signal.aborted) {
    await sleep(patience.everyMs, undefined, { signal }).catch(() => {});
    const askedAt = performance.now();
    if (signal.aborted || (await alive())) {
      silentSince = undefined;
      continue;
    }
    silentSince ??= askedAt;
    if (!signal.aborted && performance.now() - silentSince >= patience.silentMs) return onSilent();
  }
}
