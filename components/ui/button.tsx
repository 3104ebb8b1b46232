import { Button as BaseButton } from '@base-ui/react/button';
import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

const BASE =
  'inline-flex shrink-0 items-center justify-center gap-2 rounded-lg text-sm font-medium whitespace-nowrap select-none transition-[background-color,border-color,color,box-shadow,transform] duration-150 active:translate-y-px disabled:pointer-events-none data-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0';

const VARIANTS = {
  primary: 'bg-accent text-accent-ink hover:bg-accent-strong shadow-xs',
  secondary:
    'bg-surface text-ink shadow-[0_0_0_1px_var(--line-strong),0_1px_2px_oklch(0_0_0/0.04)] hover:bg-sunken data-popup-open:bg-sunken',
  ghost: 'text-ink-muted hover:bg-ink/6 hover:text-ink data-popup-open:bg-ink/6',
};

const SIZES = { md: 'h-9 px-3.5', sm: 'h-8 px-2.5 text-[13px]', icon: 'size-8' };

export type ButtonProps = Omit<ComponentProps<typeof BaseButton>, 'className'> & {
  variant?: keyof typeof VARIANTS;
  size?: keyof typeof SIZES;
  className?: string;
};

export function Button({ variant = 'secondary', size = 'md', className, ...props }: ButtonProps) {
  return <BaseButton {...props} className={cn(BASE, VARIANTS[variant], SIZES[size], className)} />;
}
