import type { ReactNode } from 'react';

/** A field under its name. */
export function Labelled({
  label,
  children,
}: {
  label: string;
  children: (label: string) => ReactNode;
}) {
  return (
    <div className="min-w-0">
      <p aria-hidden="true" className="mb-1 text-[13px] font-medium text-ink-muted">
        {label}
      </p>
      {children(label)}
    </div>
  );
}
