import { cn } from './cn.ts';

/** The shape of what is still to come; `still` where that takes so long that a shimmer would only cost. */
export function Skeleton({ className, still = false }: { className?: string; still?: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={cn('block rounded-md bg-ink/8', !still && 'animate-shimmer', className)}
    />
  );
}
