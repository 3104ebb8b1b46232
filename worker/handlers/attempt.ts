import type { SystemContext } from '#server/context.ts';
import type { HeldPage } from '#server/pages/complete.ts';
import { reportProgress } from '#server/pages/progress.ts';

/** Milliseconds between looks at whether the page is still the attempt's. */
const FOLLOW_INTERVAL = 1_000;

export interface FollowedAttempt {
  /** Aborts when one of the given signals does, or the page is no longer the attempt's. */
  signal: AbortSignal;
  /** 0–100. */
  progress(percent: number): void;
  end(): void;
}

/** Tells the database how far an attempt is, and the attempt when its page was taken from it. */
export function followAttempt(
  ctx: SystemContext,
  held: HeldPage & { ownerId: string },
  signals: AbortSignal[],
): FollowedAttempt {
  const lost = new AbortController();
  let percent = 0;
  let asking = false;
  const follow = async () => {
    if (asking) return;
    asking = true;
    try {
      const mine = await reportProgress({ ctx, input: { ...held, percent } });
      if (!mine) lost.abort(new Error('the page is no longer held by this attempt'));
    } catch (error) {
      ctx.logger.warn({ err: error, pageId: held.pageId }, 'progress could not be noted');
    } finally {
      asking = false;
    }
  };
  const timer = setInterval(follow, FOLLOW_INTERVAL);
  const stopPassingOn = passOn(signals, lost);
  return {
    signal: lost.signal,
    progress: (next) => {
      percent = next;
    },
    end: () => {
      clearInterval(timer);
      stopPassingOn();
    },
  };
}

/** As `AbortSignal.any`, which leaves 2 kB behind for each page while a signal lives as long as the worker (Node 24). */
function passOn(signals: AbortSignal[], controller: AbortController): () => void {
  const watched = signals.map((signal) => {
    const abort = () => controller.abort(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    return () => signal.removeEventListener('abort', abort);
  });
  return () => {
    for (const stop of watched) stop();
  };
}
