import { cn } from './cn.ts';

/** The shape of what is still to come. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn('block animate-shimmer rounded-md bg-ink/8', className)}
    />
  );
}
