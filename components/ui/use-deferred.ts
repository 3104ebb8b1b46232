'use client';

import {
  cloneElement,
  type HTMLAttributes,
  type KeyboardEvent,
  type ReactElement,
  useState,
} from 'react';

/**
 * A button whose popup is loaded when someone is about to open it, so that no page waits for it. Until
 * `parts` are there the button stands alone, as `closed`; then they open at once.
 */
export function useDeferred<Parts>(
  trigger: ReactElement,
  popup: 'menu' | 'dialog',
  load: () => Promise<Parts>,
): { parts: Parts | null; closed: ReactElement } {
  const [parts, setParts] = useState<Parts | null>(null);
  const open = () => {
    load().then(
      (loaded) => setParts(() => loaded),
      // Without a network the button stays what it is, to be pressed again.
      () => undefined,
    );
  };
  const prepare = () => void load().catch(() => undefined);
  const closed = cloneElement(trigger as ReactElement<HTMLAttributes<HTMLElement>>, {
    'aria-haspopup': popup,
    'aria-expanded': false,
    onClick: open,
    onPointerEnter: prepare,
    onFocus: prepare,
    onKeyDown: (event: KeyboardEvent) => {
      if (popup !== 'menu' || !/^Arrow(Down|Up)$/.test(event.key)) return;
      event.preventDefault();
      open();
    },
  });
  return { parts, closed };
}
