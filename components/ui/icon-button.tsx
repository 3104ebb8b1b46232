'use client';

import { Tooltip } from '@base-ui/react/tooltip';
import { Button, type ButtonProps } from './button.tsx';

/** A button that shows only a picture; its label is its name and its tooltip. */
export function IconButton({ label, ...props }: Omit<ButtonProps, 'size'> & { label: string }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger
        render={<Button variant="ghost" {...props} size="icon" aria-label={label} />}
      />
      <TooltipPopup>{label}</TooltipPopup>
    </Tooltip.Root>
  );
}

function TooltipPopup({ children }: { children: string }) {
  return (
    <Tooltip.Portal>
      <Tooltip.Positioner sideOffset={6} className="z-50">
        <Tooltip.Popup className="rounded-md bg-ink px-2 py-1 text-xs font-medium text-canvas transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
          {children}
        </Tooltip.Popup>
      </Tooltip.Positioner>
    </Tooltip.Portal>
  );
}
