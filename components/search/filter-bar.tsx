'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useTRPC } from '../data/trpc.ts';
import { Button } from '../ui/button.tsx';
import { cn } from '../ui/cn.ts';
import { Menu, MenuRadioGroup } from '../ui/menu.tsx';
import { languageName } from '../upload/languages.ts';
import { useLanguages } from '../upload/use-languages.ts';
import type { SearchRequest } from './use-search.ts';

interface Choice {
  value: string;
  label: string;
}

const STATES: Choice[] = [
  { value: '', label: 'Any state' },
  { value: 'DONE', label: 'Done' },
  { value: 'PROCESSING', label: 'Being read' },
  { value: 'PENDING', label: 'Waiting' },
  { value: 'FAILED', label: 'Failed' },
];
const PERIODS: Choice[] = [
  { value: '', label: 'Any time' },
  { value: 'week', label: 'Past week' },
  { value: 'month', label: 'Past month' },
  { value: 'year', label: 'Past year' },
];

/** Which documents are searched; the address keeps it. */
export function FilterBar({ request }: { request: SearchRequest }) {
  const trpc = useTRPC();
  const { installed } = useLanguages();
  const { data: tags } = useQuery(trpc.documents.tags.queryOptions());
  const languages = (installed ?? []).map((code) => ({ value: code, label: languageName(code) }));
  return (
    <fieldset className="flex flex-wrap gap-2">
      <legend className="sr-only">Filter</legend>
      <Filter name="state" value={request.state} choices={STATES} />
      <Filter name="period" value={request.period} choices={PERIODS} />
      <Filter
        name="language"
        value={request.language}
        choices={[{ value: '', label: 'Any language' }, ...languages]}
      />
      {tags && tags.length > 0 && (
        <Filter
          name="tag"
          value={request.tag}
          choices={[
            { value: '', label: 'Any tag' },
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
  name: string;
  value: string | undefined;
  choices: Choice[];
}) {
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
          className={cn(value && 'bg-accent-soft text-accent-strong')}
          aria-label={`Filter by ${name}: ${label}`}
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
