'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl/react';
import { cn } from '../ui/cn.ts';

/** The way back, in the header. */
export function HeaderLink({
  href,
  to,
  className,
}: {
  href: string;
  to: 'allDocuments' | 'backToDocument';
  className?: string;
}) {
  const t = useTranslations('common');
  return (
    <Link
      href={href}
      className={cn('rounded-md px-1 text-sm text-ink-muted hover:text-ink', className)}
    >
      {to === 'allDocuments' ? t('allDocuments') : t('backToDocument')}
    </Link>
  );
}
