'use client';

import { Activity } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { LogoMark } from '../brand/logo.tsx';
import { ConnectionPill } from '../live/connection-pill.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { ThemeToggle } from './theme-toggle.tsx';

export function SiteHeader({ children }: { children?: ReactNode }) {
  const t = useTranslations('shell');
  return (
    <header className="flex h-14 shrink-0 items-center gap-4 border-b border-line px-4 sm:px-6">
      <Link
        href="/"
        className="-mx-1 flex items-center gap-2.5 rounded-md px-1"
        aria-label={t('home')}
      >
        <LogoMark className="size-6" />
        <span className="font-serif text-xl font-medium tracking-tight">Fanfold</span>
      </Link>
      <div className="min-w-0 flex-1">{children}</div>
      <ConnectionPill />
      <IconButton label={t('operations')} nativeButton={false} render={<Link href="/operations" />}>
        <Activity />
      </IconButton>
      <LanguageSwitch />
      <ThemeToggle />
    </header>
  );
}
