'use client';

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
  return (
    <span className={cn('relative grid size-5 shrink-0 place-items-center', className)}>
      <input
        type="checkbox"
        aria-label={label}
        checked={checked}
        onMouseDown={(event) => {
          // Shift would select the text in between.
          if (event.shiftKey) event.preventDefault();
        }}
        onClick={(event) => {
          shift.current = event.shiftKey;
        }}
        onChange={() => onChange(shift.current)}
        className="peer absolute inset-0 size-full appearance-none rounded-md bg-surface shadow-[inset_0_0_0_1.5px_var(--line-strong)] transition-colors after:absolute after:-inset-2 after:content-[''] checked:bg-accent checked:shadow-none"
      />
      <Check
        aria-hidden="true"
        className="pointer-events-none relative size-3.5 text-accent-ink opacity-0 peer-checked:opacity-100"
        strokeWidth={3}
      />
    </span>
  );
}
