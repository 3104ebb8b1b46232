import type { ExternalToast } from 'sonner';

/** Shows a message for a moment. What shows it is loaded at the first one. */
export function toast(message: string, options?: ExternalToast): void {
  void import('sonner').then((sonner) => sonner.toast(message, options));
}

export function toastError(message: string, options?: ExternalToast): void {
  void import('sonner').then((sonner) => sonner.toast.error(message, options));
}
