'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';
import { useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl/react';
import { IconButton } from '../ui/icon-button.tsx';

const THEMES = [
  { name: 'system', icon: Monitor },
  { name: 'light', icon: Sun },
  { name: 'dark', icon: Moon },
] as const;

/** Goes round: as the system, light, dark. */
export function ThemeToggle() {
  const t = useTranslations('shell');
  const { theme, setTheme } = useTheme();
  const mounted = useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  );
  const index = mounted
    ? Math.max(
        0,
        THEMES.findIndex(({ name }) => name === theme),
      )
    : 0;
  const current = THEMES[index] ?? THEMES[0];
  const next = THEMES[(index + 1) % THEMES.length] ?? THEMES[0];
  const Icon = current.icon;
  return (
    <IconButton
      label={t('theme', { current: t(`themes.${current.name}`), next: t(`themes.${next.name}`) })}
      onClick={() => setTheme(next.name)}
    >
      <Icon />
    </IconButton>
  );
}

const neverChanges = () => () => undefined;
