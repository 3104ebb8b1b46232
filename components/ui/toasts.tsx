'use client';

import dynamic from 'next/dynamic';
import { useSyncExternalStore } from 'react';
import { toasts } from './toast.ts';

const Toaster = dynamic(() => import('./toaster.tsx').then((loaded) => loaded.Toaster), {
  ssr: false,
});

/** The place for messages, once there is one. */
export function Toasts() {
  const wanted = useSyncExternalStore(toasts.subscribe, toasts.read, () => false);
  return wanted && <Toaster />;
}
