'use client';

import { CloudOff } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { useReconnecting } from './live-provider.tsx';

/** Says that what is shown may be a few seconds old; silent while all is well. */
export function ConnectionPill() {
  const t = useTranslations('shell');
  const reconnecting = useReconnecting();
  return (
    <div role="status">
      {reconnecting && (
        <span className="inline-flex h-7 animate-enter items-center gap-1.5 rounded-full bg-warn-soft px-2.5 text-xs font-medium text-warn">
          <CloudOff className="size-3.5" aria-hidden="true" />
          {t('reconnecting')}
        </span>
      )}
    </div>
  );
}
