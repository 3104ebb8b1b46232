'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ScanText } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { EngineName } from '#server/engines/names.ts';
import { useTRPC } from '../data/trpc.ts';
import { Button } from '../ui/button.tsx';
import { Menu, MenuRadioGroup } from '../ui/menu.tsx';
import { rememberEngine, rememberedEngine } from './engines.ts';
import { useEngineLabel } from './use-engine-label.ts';

/** What reads the next uploads; nothing where there is no choice. */
export function EnginePicker() {
  const t = useTranslations('upload');
  const engineLabel = useEngineLabel();
  const trpc = useTRPC();
  const { data: info } = useQuery(trpc.system.info.queryOptions());
  const engines = info?.engines;
  const [chosen, setChosen] = useState<EngineName | null>(null);
  useEffect(() => setChosen(rememberedEngine(engines)), [engines]);
  const [standard] = engines ?? [];
  if (!engines || !standard || engines.length < 2) return null;

  const choose = (name: EngineName) => {
    setChosen(name);
    rememberEngine(name);
  };
  const current = chosen ?? standard;
  return (
    <Menu
      trigger={
        <Button aria-label={t('engine', { engine: engineLabel(current) })}>
          <ScanText aria-hidden="true" className="text-ink-muted" />
          <span>{engineLabel(current)}</span>
          <ChevronDown aria-hidden="true" className="text-ink-muted" />
        </Button>
      }
    >
      <MenuRadioGroup
        value={current}
        onChange={choose}
        items={engines.map((value) => ({ value, label: engineLabel(value) }))}
      />
    </Menu>
  );
}
