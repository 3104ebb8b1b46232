'use client';

import { Button, type ButtonProps } from './button.tsx';

/** A button that shows only a picture; its label is its name and its tooltip. */
export function IconButton({ label, ...props }: Omit<ButtonProps, 'size'> & { label: string }) {
  return <Button variant="ghost" {...props} size="icon" aria-label={label} data-tooltip={label} />;
}
