'use client';

import { createContext, type ReactElement, type ReactNode, use } from 'react';
import { useDeferred } from './use-deferred.ts';

type Parts = typeof import('./menu-parts.tsx');

const PartsContext = createContext<Parts | null>(null);

/** A button and the list of actions that it opens; the list is loaded when it is about to. */
export function Menu({ trigger, children }: { trigger: ReactElement; children: ReactNode }) {
  const { parts, closed } = useDeferred(trigger, 'menu', () => import('./menu-parts.tsx'));
  if (!parts) return closed;
  return (
    <PartsContext value={parts}>
      <parts.MenuRoot trigger={trigger}>{children}</parts.MenuRoot>
    </PartsContext>
  );
}

export interface MenuItemProps {
  onClick: () => void;
  children: ReactNode;
  danger?: boolean;
  disabled?: boolean;
}

export function MenuItem(props: MenuItemProps) {
  const parts = use(PartsContext);
  return parts && <parts.MenuItem {...props} />;
}

export interface MenuCheckboxItemProps {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  disabled?: boolean;
  children: ReactNode;
}

export function MenuCheckboxItem(props: MenuCheckboxItemProps) {
  const parts = use(PartsContext);
  return parts && <parts.MenuCheckboxItem {...props} />;
}

export interface MenuRadioProps<T extends string> {
  value: T;
  onChange: (value: T) => void;
  items: { value: T; label: string }[];
}

/** Items of which one is chosen; choosing closes the menu. */
export function MenuRadioGroup<T extends string>(props: MenuRadioProps<T>) {
  const parts = use(PartsContext);
  return parts && <parts.MenuRadioGroup {...props} />;
}

export function MenuSeparator() {
  const parts = use(PartsContext);
  return parts && <parts.MenuSeparator />;
}
