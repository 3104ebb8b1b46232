'use client';

import { Tooltip } from '@base-ui/react/tooltip';

/** The name of a button beside it, for those who see. */
export function TooltipPopup({ anchor }: { anchor: HTMLElement }) {
  return (
    <Tooltip.Root open>
      <Tooltip.Portal>
        <Tooltip.Positioner anchor={anchor} sideOffset={6} className="pointer-events-none z-50">
          <Tooltip.Popup className="rounded-md bg-ink px-2 py-1 text-xs font-medium text-canvas">
            {anchor.dataset.tooltip}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
