'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl/react';
import { useTRPC } from '../data/trpc.ts';
import { useServerWords } from '../i18n/i18n-provider.tsx';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { DeadLetters } from './dead-letters.tsx';
import { QueueTable } from './queue-table.tsx';
import { Section } from './section.tsx';
import { Workers } from './workers.tsx';

/** Milliseconds between looks. */
const POLL = 5_000;
/** Kinds of jobs. */
const QUEUES = 15;

/** How the installation stands: what waits, who works, and what was given up. */
export function OperationsScreen() {
  const t = useTranslations('operations');
  const common = useTranslations('common');
  const words = useServerWords();
  const trpc = useTRPC();
  const overview = useQuery(trpc.admin.overview.queryOptions(undefined, { refetchInterval: POLL }));
  return (
    <div className="mx-auto w-full max-w-5xl px-4 pt-8 pb-16 sm:px-6">
      <h1 className="font-serif text-3xl font-medium tracking-tight">{t('title')}</h1>
      <p className="mt-1.5 text-ink-muted">{t('lead')}</p>
      {overview.isError && !overview.data ? (
        <div className="mt-8">
          <p className="mb-4 text-danger">{words.thrown(overview.error)}</p>
          <Button onClick={() => overview.refetch()}>{common('tryAgain')}</Button>
        </div>
      ) : (
        <>
          <Section title={t('queues.title')} hint={t('queues.hint')}>
            {overview.data ? (
              <QueueTable queues={overview.data.queues} />
            ) : (
              <Placeholder rows={QUEUES + 1} />
            )}
          </Section>
          <Section title={t('workers.title')} hint={t('workers.hint')}>
            {overview.data ? <Workers workers={overview.data.workers} /> : <Placeholder rows={1} />}
          </Section>
          <DeadLetters />
        </>
      )}
    </div>
  );
}

/** In about the height of what is to come, so that nothing moves. */
function Placeholder({ rows }: { rows: number }) {
  return (
    <div className="divide-y divide-line">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <div key={row} className="flex h-[40px] items-center px-4 max-sm:h-[57px]">
          <Skeleton className="h-3.5 w-1/3" />
        </div>
      ))}
    </div>
  );
}
