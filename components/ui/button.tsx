import type { ComponentProps, MouseEvent } from 'react';
import { cn } from './cn.ts';

const BASE =
  'inline-flex shrink-0 items-center justify-center gap-2 rounded-lg font-medium whitespace-nowrap select-none transition-[background-color,border-color,color,box-shadow,transform] duration-150 active:translate-y-px disabled:pointer-events-none disabled:opacity-50 aria-disabled:cursor-default! aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0';

const VARIANTS = {
  primary: 'bg-accent text-accent-ink hover:bg-accent-strong shadow-xs',
  secondary:
    'bg-surface text-ink shadow-[0_0_0_1px_var(--line-strong),0_1px_2px_oklch(0_0_0/0.04)] hover:bg-sunken data-popup-open:bg-sunken',
  ghost: 'text-ink-muted hover:bg-ink/6 hover:text-ink data-popup-open:bg-ink/6',
};

const SIZES = { md: 'h-9 px-3.5 text-sm', sm: 'h-8 px-2.5 text-[13px]', icon: 'size-8' };

interface Look {
  variant?: keyof typeof VARIANTS;
  size?: keyof typeof SIZES;
  className?: string | undefined;
}

export type ButtonProps = ComponentProps<'button'> &
  Look & {
    /** Keeps its place in the order of focus while it does nothing. */
    focusableWhenDisabled?: boolean;
  };

export function Button({
  variant,
  size,
  className,
  disabled = false,
  focusableWhenDisabled = false,
  onClick,
  ...props
}: ButtonProps) {
  const inert = disabled && focusableWhenDisabled;
  return (
    <button
      type="button"
      {...props}
      disabled={disabled && !inert}
      aria-disabled={inert || undefined}
      onClick={inert ? prevent : onClick}
      className={buttonLook({ variant, size, className })}
    />
  );
}

/** The classes of a button, for a link that looks like one. */
export function buttonLook({ variant = 'secondary', size = 'md', className }: Look): string {
  return cn(BASE, VARIANTS[variant], SIZES[size], className);
}

function prevent(event: MouseEvent): void {
  event.preventDefault();
}
