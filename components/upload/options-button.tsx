'use client';

import { SlidersHorizontal } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { Button } from '../ui/button.tsx';
import { useDeferred } from '../ui/use-deferred.ts';
import { useReadingOptions } from './reading-options.ts';

/** The button that opens the options of the next uploads, and says when some are set. */
export function OptionsButton() {
  const t = useTranslations('upload.options');
  const { changed } = useReadingOptions();
  const trigger = (
    <Button>
      <SlidersHorizontal aria-hidden="true" className="text-ink-muted" />
      {t('button')}
      {changed > 0 && (
        <span className="rounded-full bg-accent px-1.5 text-xs text-accent-ink tabular-nums">
          {t.rich('changed', {
            count: changed,
            hidden: (words) => <span className="sr-only">{words}</span>,
          })}
        </span>
      )}
    </Button>
  );
  const { parts, closed } = useDeferred(trigger, 'dialog', () => import('./options-panel.tsx'));
  return parts ? <parts.OptionsPopover trigger={trigger} /> : closed;
}
