'use client';

import { Menu as BaseMenu } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { cn } from './cn.ts';
import type { MenuCheckboxItemProps, MenuItemProps, MenuRadioProps } from './menu.tsx';

const ITEM =
  'flex items-center gap-2.5 rounded-md px-2.5 py-1.5 text-sm outline-hidden select-none data-disabled:opacity-45 data-highlighted:bg-ink/6 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-muted';

/** A button and the list of actions that it has just opened. */
export function MenuRoot({ trigger, children }: { trigger: ReactElement; children: ReactNode }) {
  return (
    <BaseMenu.Root defaultOpen>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner sideOffset={6} align="end" className="z-40 outline-hidden">
          <BaseMenu.Popup className="max-h-(--available-height) min-w-44 origin-(--transform-origin) overflow-y-auto rounded-xl bg-surface p-1 text-ink shadow-pop outline-hidden transition-[scale,opacity] duration-100 data-ending-style:scale-[0.98] data-ending-style:opacity-0 data-starting-style:scale-[0.98] data-starting-style:opacity-0">
            {children}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

export function MenuItem({ danger = false, ...props }: MenuItemProps) {
  return (
    <BaseMenu.Item {...props} className={cn(ITEM, danger && 'text-danger [&_svg]:text-danger!')} />
  );
}

export function MenuCheckboxItem({ children, ...props }: MenuCheckboxItemProps) {
  return (
    <BaseMenu.CheckboxItem {...props} closeOnClick={false} className={ITEM}>
      <span className="grid size-4 place-items-center">
        <BaseMenu.CheckboxItemIndicator>
          <Check aria-hidden="true" />
        </BaseMenu.CheckboxItemIndicator>
      </span>
      {children}
    </BaseMenu.CheckboxItem>
  );
}

export function MenuRadioGroup<T extends string>({ value, onChange, items }: MenuRadioProps<T>) {
  return (
    <BaseMenu.RadioGroup value={value} onValueChange={(chosen: T) => onChange(chosen)}>
      {items.map((item) => (
        <BaseMenu.RadioItem key={item.value} value={item.value} closeOnClick className={ITEM}>
          <span className="grid size-4 place-items-center">
            <BaseMenu.RadioItemIndicator>
              <Check aria-hidden="true" />
            </BaseMenu.RadioItemIndicator>
          </span>
          {item.label}
        </BaseMenu.RadioItem>
      ))}
    </BaseMenu.RadioGroup>
  );
}

export function MenuSeparator() {
  return <BaseMenu.Separator className="mx-1 my-1 h-px bg-line" />;
}
