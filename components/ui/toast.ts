import type { ExternalToast } from 'sonner';

let wanted = false;
const listeners = new Set<() => void>();
let tellShown: () => void;
const shown = new Promise<void>((resolve) => {
  tellShown = resolve;
});

/** Shows a message for a moment. What shows it is loaded for the first one. */
export function toast(message: string, options?: ExternalToast): void {
  void load().then((sonner) => sonner.toast(message, options));
}

export function toastError(message: string, options?: ExternalToast): void {
  void load().then((sonner) => sonner.toast.error(message, options));
}

/** Whether there was something to show. */
export const toasts = {
  read: () => wanted,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** To be told once messages have a place to be shown in. */
  ready: () => tellShown(),
};

async function load() {
  wanted = true;
  for (const listener of listeners) listener();
  const [sonner] = await Promise.all([import('sonner'), shown]);
  return sonner;
}
