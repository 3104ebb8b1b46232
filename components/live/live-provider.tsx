'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useParams } from 'next/navigation';
import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
} from 'react';
import { useTRPC, useTRPCClient } from '../data/trpc.ts';
import { applyUpdate } from './apply-update.ts';
import { catchUp } from './catch-up.ts';
import { useReturn, useVisible } from './use-presence.ts';

/** Milliseconds between reads while there is no stream. */
const POLL = 5_000;
/** Milliseconds of a broken stream after which people are told. */
const PATIENCE = 3_000;

const ReconnectingContext = createContext(false);

/** Whether the live stream has been down long enough to say so. */
export const useReconnecting = () => use(ReconnectingContext);

/**
 * The one live subscription of this tab: everything the owner has, and the pages of the open
 * document. While it is down, reading at intervals takes its place.
 */
export function LiveProvider({ children }: { children: ReactNode }) {
  const documentId = useOpenDocument();
  const refresh = useCatchUp(documentId);
  const visible = useVisible();
  const { status, reset } = useStream(documentId, visible, refresh);
  const down = status !== 'pending' && visible;

  useEffect(() => {
    if (!down) return;
    const timer = setInterval(() => {
      refresh();
      if (status === 'error') reset();
    }, POLL);
    return () => clearInterval(timer);
  }, [down, status, refresh, reset]);
  useReturn(() => {
    refresh();
    reset();
  });
  return <ReconnectingContext value={useLasting(down)}>{children}</ReconnectingContext>;
}

function useOpenDocument(): string | undefined {
  const { id } = useParams<{ id?: string }>();
  return id;
}

function useCatchUp(documentId: string | undefined): () => void {
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const client = useTRPCClient();
  return useCallback(() => {
    catchUp({ queryClient, trpc }, client, documentId).catch(() => undefined);
  }, [queryClient, trpc, client, documentId]);
}

function useStream(documentId: string | undefined, enabled: boolean, refresh: () => void) {
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const cache = useMemo(() => ({ queryClient, trpc }), [queryClient, trpc]);
  return useSubscription(
    trpc.live.watch.subscriptionOptions(
      { documentId },
      {
        enabled,
        onData: ({ data }) => {
          if (data.kind === 'connected') refresh();
          else applyUpdate(cache, data);
        },
      },
    ),
  );
}

/** True once `condition` has held for a moment; false as soon as it no longer does. */
function useLasting(condition: boolean): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!condition) return setLasting(false);
    const timer = setTimeout(() => setLasting(true), PATIENCE);
    return () => clearTimeout(timer);
  }, [condition]);
  return lasting && condition;
}
