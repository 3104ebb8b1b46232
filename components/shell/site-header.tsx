'use client';

import { Activity } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { LogoMark } from '../brand/logo.tsx';
import { ConnectionPill } from '../live/connection-pill.tsx';
import { buttonLook } from '../ui/button.tsx';
import { cn } from '../ui/cn.ts';
import { LateLink } from '../ui/late-link.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { ThemeToggle } from './theme-toggle.tsx';

export function SiteHeader({ children }: { children?: ReactNode }) {
  const t = useTranslations('shell');
  return (
    <header className="flex h-14 shrink-0 items-center gap-1 border-b border-line px-4 sm:gap-2 sm:px-6">
      <LateLink
        href="/"
        className="-mx-1 flex items-center gap-2.5 rounded-md px-1"
        aria-label={t('home')}
      >
        <LogoMark className="size-6" />
        <span
          className={cn(
            'font-serif text-xl font-medium tracking-tight',
            // A phone has room for the name or for what stands beside it.
            children && 'max-sm:hidden',
          )}
        >
          Fanfold
        </span>
      </LateLink>
      <div className="mx-2 min-w-0 flex-1">{children}</div>
      <ConnectionPill />
      <LateLink
        href="/operations"
        aria-label={t('operations')}
        data-tooltip={t('operations')}
        className={buttonLook({ variant: 'ghost', size: 'icon' })}
      >
        <Activity aria-hidden="true" />
      </LateLink>
      <LanguageSwitch />
      <ThemeToggle />
    </header>
  );
}
