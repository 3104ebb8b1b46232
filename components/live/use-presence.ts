'use client';

import { useEffect, useEffectEvent, useState } from 'react';
import { canShare } from './share-stream.ts';

/** Milliseconds for which a hidden tab counts as looked at. */
const HIDDEN_STREAM = 60_000;
/** The same where it holds a stream of its own: browsers allow six connections to one host. */
const HIDDEN_OWN_STREAM = 5_000;
/** Milliseconds of absence that count as having been away. */
const AWAY = 10_000;

/** Whether someone may be looking; a tab that was hidden for a while is not looked at. */
export function useVisible(): boolean {
  const [visible, setVisible] = useState(true);
  useEffect(() => {
    const patience = canShare() ? HIDDEN_STREAM : HIDDEN_OWN_STREAM;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const update = () => {
      clearTimeout(timer);
      if (document.hidden) timer = setTimeout(() => setVisible(false), patience);
      else setVisible(true);
    };
    update();
    document.addEventListener('visibilitychange', update);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', update);
    };
  }, []);
  return visible;
}

/** Calls back when the tab is looked at again, the machine wakes up or the network returns. */
export function useReturn(callback: () => void): void {
  const onReturn = useEffectEvent(callback);
  useEffect(() => {
    let lastSeen = Date.now();
    const tick = setInterval(() => {
      const asleep = Date.now() - lastSeen > AWAY && !document.hidden;
      if (!document.hidden) lastSeen = Date.now();
      if (asleep) onReturn();
    }, 1_000);
    const onVisible = () => {
      if (document.hidden) return;
      const away = Date.now() - lastSeen > AWAY;
      lastSeen = Date.now();
      if (away) onReturn();
    };
    const onOnline = () => onReturn();
    document.addEventListener('visibilitychange', onVisible);
    window.addEventListener('online', onOnline);
    return () => {
      clearInterval(tick);
      document.removeEventListener('visibilitychange', onVisible);
      window.removeEventListener('online', onOnline);
    };
  }, []);
}
