'use client';

import { Select as BaseSelect } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';

/** A choice of one among a few. `label` names it for those who do not see it. */
export function Select<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: T;
  options: { value: T; label: string }[];
  onChange: (value: T) => void;
}) {
  return (
    <BaseSelect.Root
      items={options}
      value={value}
      onValueChange={(next) => next !== null && onChange(next)}
    >
      <BaseSelect.Trigger
        aria-label={label}
        className="flex h-9 w-full items-center justify-between gap-2 rounded-lg bg-surface px-3 text-left text-sm shadow-[0_0_0_1px_var(--line-strong)] select-none hover:bg-sunken data-popup-open:bg-sunken"
      >
        <BaseSelect.Value className="truncate" />
        <BaseSelect.Icon>
          <ChevronDown aria-hidden="true" className="size-4 text-ink-muted" />
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner
          sideOffset={6}
          alignItemWithTrigger={false}
          className="z-50 outline-hidden"
        >
          <BaseSelect.Popup className="max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto rounded-xl bg-surface p-1 text-ink shadow-pop outline-hidden">
            {options.map((option) => (
              <BaseSelect.Item
                key={option.value}
                value={option.value}
                className="flex items-center gap-2.5 rounded-md px-2.5 py-1.5 text-sm outline-hidden select-none data-highlighted:bg-ink/6"
              >
                <span className="grid size-4 shrink-0 place-items-center text-ink-muted">
                  <BaseSelect.ItemIndicator>
                    <Check aria-hidden="true" className="size-4" />
                  </BaseSelect.ItemIndicator>
                </span>
                <BaseSelect.ItemText>{option.label}</BaseSelect.ItemText>
              </BaseSelect.Item>
            ))}
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  );
}
