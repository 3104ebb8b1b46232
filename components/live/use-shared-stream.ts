import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { LiveUpdate } from '#server/live/watch.ts';
import { useTRPC, useTRPCClient } from '../data/trpc.ts';
import { applyUpdate } from './apply-update.ts';
import { type EventSpan, knownUpTo, noteEvents } from './known-events.ts';
import { openStream } from './open-stream.ts';
import { type LiveTab, shareStream } from './share-stream.ts';

/**
 * Keeps this tab in the stream that the tabs of the browser share. `live` while changes of what it
 * shows arrive as they happen; `refresh` is called whenever that begins and where the stream, which
 * another tab may have had begun, goes on after something that this one does not know.
 */
export function useSharedStream(
  { documentId, visible }: { documentId: string | undefined; visible: boolean },
  refresh: () => void,
): { live: boolean; retry: () => void } {
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [live, setLive] = useState(false);
  const tab = useRef<LiveTab>(undefined);

  const onLive = useEffectEvent((next: boolean) => {
    setLive(next);
    if (next) refresh();
  });
  const onUpdate = useEffectEvent((update: LiveUpdate, span: EventSpan | undefined) => {
    applyUpdate({ queryClient, trpc }, update);
    if (update.kind !== 'document' || !span) return;
    const { id } = update.document;
    if (!noteEvents(queryClient, id, span) && id === documentId) refresh();
  });
  const join = useEffectEvent(() => {
    tab.current = shareStream({
      open: openStream(client),
      knownUpTo: (id) => knownUpTo(queryClient, id),
      onUpdate: (update, span) => onUpdate(update, span),
      onLive: (next) => onLive(next),
    });
    tab.current.show({ documentId, visible });
  });
  const leave = useEffectEvent(() => {
    tab.current?.leave();
    tab.current = undefined;
    setLive(false);
  });
  useEffect(() => {
    const onShow = ({ persisted }: PageTransitionEvent) => persisted && join();
    join();
    window.addEventListener('pagehide', leave);
    window.addEventListener('pageshow', onShow);
    return () => {
      window.removeEventListener('pagehide', leave);
      window.removeEventListener('pageshow', onShow);
      leave();
    };
  }, []);
  useEffect(() => tab.current?.show({ documentId, visible }), [documentId, visible]);
  return { live, retry: useCallback(() => tab.current?.retry(), []) };
}
