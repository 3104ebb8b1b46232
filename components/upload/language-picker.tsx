'use client';

import { ChevronDown, Languages } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { Menu, MenuCheckboxItem } from '../ui/menu.tsx';
import { languageName } from './languages.ts';
import { useLanguages } from './use-languages.ts';

/** Tesseract reads with up to this many languages at once. */
const MOST = 10;

/** The languages that the next uploads are read in. At least one stays chosen. */
export function LanguagePicker({ className }: { className?: string }) {
  const { installed, chosen, choose } = useLanguages();
  const codes = chosen ?? [];
  const toggle = (code: string, on: boolean) =>
    choose(on ? [...codes, code] : codes.filter((other) => other !== code));
  const label = summarise(codes);
  return (
    <Menu
      trigger={
        <Button
          {...(className ? { className } : {})}
          disabled={!installed}
          focusableWhenDisabled
          aria-label={`Languages of the documents: ${label}`}
        >
          <Languages aria-hidden="true" className="text-ink-muted" />
          <span className="min-w-14 text-left">{label}</span>
          <ChevronDown aria-hidden="true" className="text-ink-muted" />
        </Button>
      }
    >
      {installed?.map((code) => {
        const checked = codes.includes(code);
        const fixed = checked ? codes.length === 1 : codes.length >= MOST;
        return (
          <MenuCheckboxItem
            key={code}
            checked={checked}
            disabled={fixed}
            onCheckedChange={(on) => toggle(code, on)}
          >
            {languageName(code)}
          </MenuCheckboxItem>
        );
      })}
    </Menu>
  );
}

function summarise(codes: string[]): string {
  const [first, second] = codes;
  if (!first) return 'Language';
  if (!second) return languageName(first);
  if (codes.length === 2) return `${languageName(first)}, ${languageName(second)}`;
  return `${languageName(first)} + ${codes.length - 1}`;
}
