import type { SystemContext } from '#server/context.ts';
import type { HeldPage } from '#server/pages/complete.ts';
import { reportProgress } from '#server/pages/progress.ts';
import { passOn } from '../pass-on.ts';

/** Milliseconds between looks at whether the page is still the attempt's. */
const FOLLOW_INTERVAL = 1_000;

export interface FollowedAttempt {
  /** Aborts when the given signal does, or the page is no longer the attempt's. */
  signal: AbortSignal;
  /** 0–100. */
  progress(percent: number): void;
  end(): void;
}

/** Tells the database how far an attempt is, and the attempt when its page was taken from it. */
export function followAttempt(
  ctx: SystemContext,
  held: HeldPage & { ownerId: string },
  signal: AbortSignal,
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
  const stopPassingOn = passOn([signal], lost);
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
