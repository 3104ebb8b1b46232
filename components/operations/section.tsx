import { type ReactNode, useId } from 'react';

/** A titled part of the page, with what can be done about the whole of it at its right. */
export function Section({
  title,
  hint,
  actions,
  children,
}: {
  title: string;
  hint?: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mt-10">
      <div className="mb-3 flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div>
          <h2 id={id} className="font-serif text-xl font-medium tracking-tight">
            {title}
          </h2>
          {hint && <p className="text-[13px] text-ink-muted">{hint}</p>}
        </div>
        {actions && <div className="flex gap-2">{actions}</div>}
      </div>
      <div className="overflow-hidden rounded-xl bg-surface shadow-[0_0_0_1px_var(--line)]">
        {children}
      </div>
    </section>
  );
}
