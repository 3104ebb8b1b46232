import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { SheetIcon } from '../ui/sheet-icon.tsx';

/** Stands where pages would be, while there are none, and says why. */
export function NoticeCard({
  icon,
  tone,
  title,
  children,
}: {
  icon: LucideIcon;
  /** The colour of the icon, as a class. */
  tone: string;
  title: string;
  children: ReactNode;
}) {
  return (
    <div className="grid h-full place-items-center overflow-y-auto p-6">
      <div className="w-full max-w-md animate-enter text-center">
        <SheetIcon
          icon={icon}
          className={`mx-auto mb-6 h-20! w-[3.75rem]! [&_svg]:size-7 ${tone}`}
        />
        <h2 className="font-serif text-2xl font-medium tracking-tight text-balance">{title}</h2>
        {children}
      </div>
    </div>
  );
}
