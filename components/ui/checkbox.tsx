'use client';

import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox';
import { Check } from 'lucide-react';
import { useRef } from 'react';
import { cn } from './cn.ts';

/** A box to tick; `onChange` is told whether Shift was held. */
export function Checkbox({
  label,
  checked,
  onChange,
  className,
}: {
  label: string;
  checked: boolean;
  onChange: (shift: boolean) => void;
  className?: string;
}) {
  const shift = useRef(false);
  const note = (event: { shiftKey: boolean }) => {
    shift.current = event.shiftKey;
  };
  return (
    <BaseCheckbox.Root
      aria-label={label}
      checked={checked}
      onMouseDown={(event) => {
        note(event);
        // Shift would select the text in between.
        if (event.shiftKey) event.preventDefault();
      }}
      onKeyDown={note}
      onCheckedChange={() => onChange(shift.current)}
      className={cn(
        'grid size-5 shrink-0 place-items-center rounded-md bg-surface shadow-[inset_0_0_0_1.5px_var(--line-strong)] transition-colors data-checked:bg-accent data-checked:shadow-none',
        className,
      )}
    >
      <BaseCheckbox.Indicator>
        <Check aria-hidden="true" className="size-3.5 text-accent-ink" strokeWidth={3} />
      </BaseCheckbox.Indicator>
    </BaseCheckbox.Root>
  );
}
