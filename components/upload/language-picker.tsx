'use client';

import { ChevronDown, Languages } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { Button } from '../ui/button.tsx';
import { Menu, MenuCheckboxItem } from '../ui/menu.tsx';
import { AUTO, toggleLanguage } from './languages.ts';
import { useLanguageName } from './use-language-name.ts';
import { useLanguages } from './use-languages.ts';

/** Tesseract reads with up to this many languages at once. */
const MOST = 10;

/** The languages that the next uploads are read in. At least one stays chosen. */
export function LanguagePicker({ className }: { className?: string }) {
  const t = useTranslations('upload.languages');
  const languageName = useLanguageName();
  const { installed, chosen, choose } = useLanguages();
  const codes = chosen ?? [];
  const [first, second] = codes.map(languageName);
  const label =
    first && codes.length > 2
      ? t('more', { language: first, count: codes.length - 1 })
      : [first ?? t('none'), second].filter(Boolean).join(', ');
  return (
    <Menu
      trigger={
        <Button
          {...(className ? { className } : {})}
          disabled={!installed}
          focusableWhenDisabled
          aria-label={t('label', { languages: label })}
        >
          <Languages aria-hidden="true" className="text-ink-muted" />
          <span className="min-w-14 text-left">{label}</span>
          <ChevronDown aria-hidden="true" className="text-ink-muted" />
        </Button>
      }
    >
      {installed &&
        [AUTO, ...byName(installed, languageName)].map((code) => {
          const checked = codes.includes(code);
          const last = checked && codes.length === 1 && code !== AUTO;
          const full = !checked && code !== AUTO && codes.length >= MOST;
          return (
            <MenuCheckboxItem
              key={code}
              checked={checked}
              disabled={last || full}
              onCheckedChange={(on) => choose(toggleLanguage(codes, code, on))}
            >
              {languageName(code)}
            </MenuCheckboxItem>
          );
        })}
    </Menu>
  );
}

function byName(codes: string[], nameOf: (code: string) => string): string[] {
  return codes.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)));
}
