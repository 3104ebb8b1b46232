'use client';

import { Switch } from '@base-ui/react/switch';
import { useId } from 'react';
import { useTranslations } from 'use-intl/react';

/** Whether lines that slope are set straight. */
export function Straighten({ on, onChange }: { on: boolean; onChange: (on: boolean) => void }) {
  const t = useTranslations('upload.options');
  const id = useId();
  return (
    <div className="flex items-center justify-between gap-3">
      <label htmlFor={id} className="text-sm">
        {t('deskew')}
      </label>
      <Switch.Root
        id={id}
        checked={on}
        onCheckedChange={onChange}
        className="relative h-5.5 w-9.5 rounded-full bg-line-strong transition-colors data-checked:bg-accent"
      >
        <Switch.Thumb className="absolute top-0.5 left-0.5 size-4.5 rounded-full bg-white shadow-xs transition-transform data-checked:translate-x-4" />
      </Switch.Root>
    </div>
  );
}
