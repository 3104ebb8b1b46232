'use client';

import { RotateCcw } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { DeadLetterRow } from './dead-letter-row.tsx';
import { Section } from './section.tsx';
import { useDeadLetters } from './use-dead-letters.ts';

/** Jobs that were given up, each with what is known of it. */
export function DeadLetters() {
  const t = useTranslations('operations.dead');
  const { list, busy, redrive, discard } = useDeadLetters();
  const { total, deadLetters } = list.data ?? { total: 0, deadLetters: [] };
  const again = total > 0 && (
    <Button size="sm" disabled={busy} onClick={() => redrive({})}>
      <RotateCcw aria-hidden="true" /> {t('all', { count: total })}
    </Button>
  );
  return (
    <Section title={t('title')} hint={t('hint')} actions={again}>
      {list.isPending && (
        <div className="p-4">
          <Skeleton className="h-4 w-1/2" />
        </div>
      )}
      {list.data && total === 0 && <p className="px-4 py-5 text-ink-muted">{t('none')}</p>}
      <ul className="divide-y divide-line">
        {deadLetters.map((letter) => (
          <DeadLetterRow
            key={letter.id}
            letter={letter}
            busy={busy}
            onRedrive={() => redrive({ ids: [letter.id] })}
            onDiscard={() => discard({ ids: [letter.id] })}
          />
        ))}
      </ul>
      {total > deadLetters.length && (
        <p className="border-t border-line px-4 py-3 text-[13px] text-ink-muted">
          {t('newest', { shown: deadLetters.length, total })}
        </p>
      )}
    </Section>
  );
}
