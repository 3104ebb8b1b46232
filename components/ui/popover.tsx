'use client';

import { Popover as BasePopover } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';

/** A button and the panel beside it that it has just opened. */
export function Popover({
  trigger,
  title,
  children,
}: {
  trigger: ReactElement;
  title: string;
  children: ReactNode;
}) {
  return (
    <BasePopover.Root defaultOpen>
      <BasePopover.Trigger render={trigger} />
      <BasePopover.Portal>
        <BasePopover.Positioner
          sideOffset={8}
          align="end"
          collisionPadding={12}
          collisionAvoidance={{ fallbackAxisSide: 'none' }}
          className="z-40 outline-hidden"
        >
          <BasePopover.Popup className="max-h-(--available-height) w-[min(23rem,calc(100vw-1.5rem))] origin-(--transform-origin) overflow-y-auto rounded-xl bg-surface p-4 text-ink shadow-pop outline-hidden transition-[scale,opacity] duration-100 data-ending-style:scale-[0.98] data-ending-style:opacity-0 data-starting-style:scale-[0.98] data-starting-style:opacity-0">
            <BasePopover.Title className="sr-only">{title}</BasePopover.Title>
            {children}
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  );
}
