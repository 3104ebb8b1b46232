'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useTranslations } from 'use-intl/react';
import { useTRPC } from '../data/trpc.ts';
import { Button } from '../ui/button.tsx';
import { cn } from '../ui/cn.ts';
import { Menu, MenuRadioGroup } from '../ui/menu.tsx';
import { useLanguageName } from '../upload/use-language-name.ts';
import { useLanguages } from '../upload/use-languages.ts';
import type { SearchRequest } from './use-search.ts';

interface Choice {
  value: string;
  label: string;
}

const STATES = ['DONE', 'PROCESSING', 'PENDING', 'FAILED'] as const;
const PERIODS = ['week', 'month', 'year'] as const;

/** Which documents are searched; the address keeps it. */
export function FilterBar({ request }: { request: SearchRequest }) {
  const t = useTranslations('search');
  const languageName = useLanguageName();
  const trpc = useTRPC();
  const { installed } = useLanguages();
  const { data: tags } = useQuery(trpc.documents.tags.queryOptions(undefined, { staleTime: 0 }));
  const languages = (installed ?? []).map((code) => ({ value: code, label: languageName(code) }));
  return (
    <fieldset className="flex flex-wrap gap-2">
      <legend className="sr-only">{t('filter')}</legend>
      <Filter
        name="state"
        value={request.state}
        choices={[
          { value: '', label: t('states.any') },
          ...STATES.map((value) => ({ value, label: t(`states.${value}`) })),
        ]}
      />
      <Filter
        name="period"
        value={request.period}
        choices={[
          { value: '', label: t('periods.any') },
          ...PERIODS.map((value) => ({ value, label: t(`periods.${value}`) })),
        ]}
      />
      <Filter
        name="language"
        value={request.language}
        choices={[{ value: '', label: t('anyLanguage') }, ...languages]}
      />
      {tags && tags.length > 0 && (
        <Filter
          name="tag"
          value={request.tag}
          choices={[
            { value: '', label: t('anyTag') },
            ...tags.map(({ tag }) => ({ value: tag, label: tag })),
          ]}
        />
      )}
    </fieldset>
  );
}

function Filter({
  name,
  value = '',
  choices,
}: {
  name: 'state' | 'period' | 'language' | 'tag';
  value: string | undefined;
  choices: Choice[];
}) {
  const t = useTranslations('search.filters');
  const router = useRouter();
  const pathname = usePathname();
  const parameters = useSearchParams();
  const choose = (chosen: string) => {
    const next = new URLSearchParams(parameters);
    if (chosen) next.set(name, chosen);
    else next.delete(name);
    router.replace(`${pathname}?${next}`);
  };
  const label = choices.find((choice) => choice.value === value)?.label ?? value;
  return (
    <Menu
      trigger={
        <Button
          size="sm"
          className={cn(value && 'bg-accent-soft! text-accent-strong!')}
          aria-label={t(name, { choice: label })}
        >
          {label}
          <ChevronDown aria-hidden="true" className="text-ink-muted" />
        </Button>
      }
    >
      <MenuRadioGroup value={value} onChange={choose} items={choices} />
    </Menu>
  );
}
