'use client';

import { useTranslations } from 'use-intl/react';
import { cn } from '../ui/cn.ts';
import { LateLink } from '../ui/late-link.tsx';

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
    <LateLink
      href={href}
      className={cn(
        'rounded-md px-1 text-sm whitespace-nowrap text-ink-muted hover:text-ink',
        className,
      )}
    >
      {to === 'allDocuments' ? t('allDocuments') : t('backToDocument')}
    </LateLink>
  );
}
