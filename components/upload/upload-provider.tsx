'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import {
  createContext,
  type ReactNode,
  use,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { useTRPC, useTRPCClient } from '../data/trpc.ts';
import { useCommitOnLeave } from '../documents/use-removal.ts';
import { DropOverlay } from './drop-overlay.tsx';
import { createUploadStore, type Upload, type UploadStore } from './upload-store.ts';
import type { Uploads } from './uploads.ts';
import { useTellOfKnown } from './use-tell-of-known.ts';
import { useWindowDrop } from './use-window-drop.ts';

const NONE: readonly Upload[] = [];

interface UploadActions {
  store: UploadStore;
  /** Brings files up, and shows the list where some become new documents. */
  add: (files: File[]) => void;
  retry: (id: string) => void;
  cancel: (id: string) => void;
}

const UploadsContext = createContext<UploadActions | null>(null);

export function useUploads(): UploadActions {
  const uploads = use(UploadsContext);
  if (!uploads) throw new Error('useUploads needs an UploadProvider above it');
  return uploads;
}

export function useUploadList(): readonly Upload[] {
  const { store } = useUploads();
  return useSyncExternalStore(store.subscribe, store.read, () => NONE);
}

/** Takes files from anywhere in the window and keeps them going while people move between pages. */
export function UploadProvider({ children }: { children: ReactNode }) {
  const uploads = useUploadActions();
  useCommitOnLeave();
  const dragging = useWindowDrop(uploads.add);
  return (
    <UploadsContext value={uploads}>
      {children}
      <LeaveGuard />
      {dragging && <DropOverlay />}
    </UploadsContext>
  );
}

/** What brings files up is loaded with the first of them. */
function useUploadActions(): UploadActions {
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const [store] = useState(createUploadStore);
  const tellOfKnown = useTellOfKnown((documentId) => router.push(`/documents/${documentId}`));
  const onKnown = useRef(tellOfKnown);
  onKnown.current = tellOfKnown;
  return useMemo(() => {
    let loading: Promise<Uploads> | undefined;
    const load = () => {
      loading ??= import('./uploads.ts').then(({ createUploads }) =>
        createUploads({
          client,
          cache: { queryClient, trpc },
          store,
          onKnown: (...known) => onKnown.current(...known),
        }),
      );
      return loading;
    };
    return {
      store,
      add: (files) => void load().then((uploads) => uploads.add(files) && router.push('/')),
      retry: (id) => void load().then((uploads) => uploads.retry(id)),
      cancel: (id) => void load().then((uploads) => uploads.cancel(id)),
    };
  }, [client, queryClient, trpc, store, router]);
}

/** The browser asks before a tab is closed whose uploads are not finished. */
function LeaveGuard() {
  const busy = useUploadList().some((upload) => upload.phase !== 'failed');
  useEffect(() => {
    if (!busy) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [busy]);
  return null;
}
