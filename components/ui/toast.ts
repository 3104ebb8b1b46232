import type { Toast } from '@base-ui/react/toast';

/** What one can do about a message, as long as it is to be seen. */
export interface ToastAction {
  label: string;
  onClick: () => void;
}

export interface ToastData {
  /** Where it comes up; at the bottom unless something else is there. */
  edge?: 'top' | 'bottom';
  actions?: ToastAction[];
}

export interface ToastOptions extends ToastData {
  description?: string;
  /** Takes the place of the message that has the same. */
  id?: string;
  /** Milliseconds. */
  duration?: number;
  /** It is gone, for whatever reason: also after an action. */
  onClose?: () => void;
}

type Manager = ReturnType<typeof Toast.createToastManager<ToastData>>;

let wanted = false;
const listeners = new Set<() => void>();
let tellShown: (manager: Manager) => void;
const shown = new Promise<Manager>((resolve) => {
  tellShown = resolve;
});

/** Shows a message for a moment. What shows it is loaded for the first one. */
export function toast(title: string, options: ToastOptions = {}): void {
  const { duration: timeout, edge, actions, ...rest } = options;
  wanted = true;
  for (const listener of listeners) listener();
  void shown.then((manager) => manager.add({ title, timeout, data: { edge, actions }, ...rest }));
}

/** Whether there was something to show. */
export const toasts = {
  read: () => wanted,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** To be told once messages have a place to be shown in. */
  ready: (manager: Manager) => tellShown(manager),
};
