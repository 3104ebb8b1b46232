'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import pLimit from 'p-limit';
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
import type { LiveCache } from '../live/apply-update.ts';
import { DropOverlay } from './drop-overlay.tsx';
import type { Upload } from './upload-store.ts';
import { createUploads, type Uploads } from './uploads.ts';
import { useTellOfKnown } from './use-tell-of-known.ts';
import { useWindowDrop } from './use-window-drop.ts';

/** Files of one tab that go up at the same time. */
const AT_ONCE = 2;
const NONE: readonly Upload[] = [];

const UploadsContext = createContext<Uploads | null>(null);

export function useUploads(): Uploads {
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
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const tellOfKnown = useTellOfKnown((documentId) => router.push(`/documents/${documentId}`));
  const onKnown = useRef(tellOfKnown);
  onKnown.current = tellOfKnown;
  const [uploads] = useState(() => {
    const cache: LiveCache = { queryClient, trpc };
    return createUploads({
      client,
      cache,
      limit: pLimit(AT_ONCE),
      onKnown: (...known) => onKnown.current(...known),
    });
  });
  useCommitOnLeave();
  const shared = useMemo(() => {
    const add = (files: File[]) => {
      const found = uploads.add(files);
      if (found) router.push('/');
      return found;
    };
    return { ...uploads, add };
  }, [uploads, router]);
  const dragging = useWindowDrop(shared.add);
  return (
    <UploadsContext value={shared}>
      {children}
      <LeaveGuard />
      {dragging && <DropOverlay />}
    </UploadsContext>
  );
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
