import type { ComponentProps } from 'react';
import { cn } from '../ui/cn.ts';

/** A page's picture, which the store serves in the sizes that are needed. Dimmed a little in the dark. */
export function Scan({ alt, className, ...props }: ComponentProps<'img'> & { alt: string }) {
  return (
    // biome-ignore lint/performance/noImgElement: the object store serves it, not this server
    <img
      {...props}
      alt={alt}
      draggable={false}
      decoding="async"
      className={cn('absolute inset-0 size-full dark:brightness-90', className)}
    />
  );
}
