'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useParams } from 'next/navigation';
import { createContext, type ReactNode, use, useCallback, useEffect, useState } from 'react';
import { useTRPC, useTRPCClient } from '../data/trpc.ts';
import { catchUp } from './catch-up.ts';
import { useReturn, useVisible } from './use-presence.ts';
import { useSharedStream } from './use-shared-stream.ts';

/** Milliseconds between reads while there is no stream. */
const POLL = 5_000;
/** Milliseconds of a broken stream after which people are told. */
const PATIENCE = 3_000;

const ReconnectingContext = createContext(false);

/** Whether the live stream has been down long enough to say so. */
export const useReconnecting = () => use(ReconnectingContext);

/**
 * The live stream of this tab, which it shares with the browser's others: everything the owner has,
 * and the pages of the open document. While it is down, reading at intervals takes its place.
 */
export function LiveProvider({ children }: { children: ReactNode }) {
  const documentId = useOpenDocument();
  const refresh = useCatchUp(documentId);
  const visible = useVisible();
  const { live, retry } = useSharedStream({ documentId, visible }, refresh);
  const down = !live && visible;

  useEffect(() => {
    if (!down) return;
    const timer = setInterval(refresh, POLL);
    return () => clearInterval(timer);
  }, [down, refresh]);
  useReturn(() => {
    refresh();
    retry();
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
