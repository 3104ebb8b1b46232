import type { ReactNode } from 'react';
import { LogoMark } from '../brand/logo.tsx';

/** A page that has only something to say. */
export function Message({
  title,
  text,
  children,
}: {
  title: string;
  text: string;
  children?: ReactNode;
}) {
  return (
    <div className="grid flex-1 place-items-center p-6 text-center">
      <div className="max-w-md">
        <LogoMark className="mx-auto size-10" />
        <h1 className="mt-6 font-serif text-3xl font-medium tracking-tight text-balance">
          {title}
        </h1>
        <p className="mt-3 text-ink-muted text-pretty">{text}</p>
        <div className="mt-6 flex justify-center gap-2">{children}</div>
      </div>
    </div>
  );
}
