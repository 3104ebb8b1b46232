import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

/** The browser's own choice of one, which phones show their way, with our arrow. */
export function NativeSelect({ className, ...props }: ComponentProps<'select'>) {
  return (
    <span className="relative block">
      <select
        {...props}
        className={cn(
          'h-9 appearance-none truncate rounded-lg bg-surface pr-8 pl-3 text-sm text-ink shadow-[0_0_0_1px_var(--line-strong)] hover:bg-sunken',
          className,
        )}
      />
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-ink-muted"
      />
    </span>
  );
}
