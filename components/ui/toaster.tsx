'use client';

import { Toast } from '@base-ui/react/toast';
import { type FocusEvent, useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { cn } from './cn.ts';
import { type ToastAction, type ToastData, toasts } from './toast.ts';

/** More are not to be seen at once; the oldest come back when there is room. */
const MOST = 3;

const manager = Toast.createToastManager<ToastData>();

/** Where messages come up. They are the last stops of the page, and neither keep the focus nor lose it. */
export function Toaster() {
  useEffect(() => toasts.ready(manager), []);
  return (
    <Toast.Provider toastManager={manager} limit={MOST}>
      <Messages />
    </Toast.Provider>
  );
}

const EDGES = {
  top: 'inset-x-4 top-4 items-center',
  bottom: 'inset-x-4 bottom-4 items-center sm:items-end sm:inset-x-6 sm:bottom-6',
};

function Messages() {
  const t = useTranslations('shell');
  const { toasts: messages } = Toast.useToastManager<ToastData>();
  const focus = useReturnOfFocus(messages.length);
  return (
    <Toast.Viewport aria-label={t('notifications')} {...focus}>
      {(['top', 'bottom'] as const).map((edge) => (
        <div
          key={edge}
          className={cn('pointer-events-none fixed z-50 flex flex-col gap-2', EDGES[edge])}
        >
          {messages
            .filter(({ data }) => (data?.edge ?? 'bottom') === edge)
            .map((message) => (
              <Message key={message.id} message={message} />
            ))}
        </div>
      ))}
    </Toast.Viewport>
  );
}

function Message({ message }: { message: Toast.Root.ToastObject<ToastData> }) {
  const { close } = Toast.useToastManager();
  const press = ({ onClick }: ToastAction) => {
    onClick();
    close(message.id);
  };
  return (
    <Toast.Root
      toast={message}
      swipeDirection={['up', 'down', 'right']}
      className="pointer-events-auto flex w-full max-w-89 items-center gap-2 rounded-xl bg-ink px-4 py-3 text-sm text-canvas shadow-pop transition-[opacity,translate] duration-200 focus-visible:outline-offset-2 data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-2 data-starting-style:opacity-0"
    >
      <Toast.Content className="min-w-0 flex-1">
        <Toast.Title className="font-medium break-words" />
        <Toast.Description className="mt-0.5 break-words text-canvas/75" />
      </Toast.Content>
      {message.data?.actions?.map((action) => (
        <Toast.Action
          key={action.label}
          onClick={() => press(action)}
          className="shrink-0 rounded-md px-2.5 py-1 font-medium ring-1 ring-canvas/30 hover:bg-canvas/12 focus-visible:outline-canvas"
        >
          {action.label}
        </Toast.Action>
      ))}
    </Toast.Root>
  );
}

/** Gives the focus back to what had it when the message that holds it goes away. */
function useReturnOfFocus(count: number) {
  const before = useRef<HTMLElement | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus falls to the body when a message goes
  useEffect(() => {
    if (document.activeElement === document.body) before.current?.focus({ preventScroll: true });
  }, [count]);
  const outside = ({ currentTarget, relatedTarget }: FocusEvent) =>
    !currentTarget.contains(relatedTarget);
  return {
    onFocus: (event: FocusEvent) => {
      if (outside(event)) before.current = event.relatedTarget as HTMLElement | null;
    },
    onBlur: (event: FocusEvent) => {
      if (outside(event)) before.current = null;
    },
  };
}
