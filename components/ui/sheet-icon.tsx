import type { LucideIcon } from 'lucide-react';
import { cn } from './cn.ts';

/** A small sheet of continuous paper with a sign on it. Decorative. */
export function SheetIcon({ icon: Icon, className }: { icon: LucideIcon; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        'perforated grid h-11 w-9 shrink-0 place-items-center rounded-[3px] bg-paper shadow-paper',
        className,
      )}
    >
      <Icon className="size-4" />
    </span>
  );
}
