'use client';

import { useQuery } from '@tanstack/react-query';
import { apiError } from '../data/api-error.ts';
import { useTRPC } from '../data/trpc.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { DeadLetters } from './dead-letters.tsx';
import { QueueTable } from './queue-table.tsx';
import { Section } from './section.tsx';
import { Workers } from './workers.tsx';

/** Milliseconds between looks. */
const POLL = 5_000;

/** How the installation stands: what waits, who works, and what was given up. */
export function OperationsScreen() {
  const trpc = useTRPC();
  const overview = useQuery(trpc.admin.overview.queryOptions(undefined, { refetchInterval: POLL }));
  return (
    <div className="mx-auto w-full max-w-5xl px-4 pt-8 pb-16 sm:px-6">
      <h1 className="font-serif text-3xl font-medium tracking-tight">Operations</h1>
      <p className="mt-1.5 text-ink-muted">What waits, who works, and what was given up.</p>
      {overview.isError && !overview.data ? (
        <div className="mt-8">
          <p className="mb-4 text-danger">{apiError(overview.error).sentence}</p>
          <Button onClick={() => overview.refetch()}>Try again</Button>
        </div>
      ) : (
        <>
          <Section title="Queues" hint="Times are those of the last 15 minutes.">
            {overview.data ? <QueueTable queues={overview.data.queues} /> : <Placeholder />}
          </Section>
          <Section title="Workers" hint="That have held a page in the last 15 minutes.">
            {overview.data ? <Workers workers={overview.data.workers} /> : <Placeholder />}
          </Section>
          <DeadLetters />
        </>
      )}
    </div>
  );
}

function Placeholder() {
  return (
    <div className="grid gap-3 p-4">
      <Skeleton className="h-4 w-1/2" />
      <Skeleton className="h-4 w-2/3" />
      <Skeleton className="h-4 w-1/3" />
    </div>
  );
}
