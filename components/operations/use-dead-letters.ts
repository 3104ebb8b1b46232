'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DeadLetterFilter } from '#server/dead-letters/schemas.ts';
import { apiError } from '../data/api-error.ts';
import { useTRPC } from '../data/trpc.ts';
import { countOf } from '../documents/format.ts';
import { toast, toastError } from '../ui/toast.ts';

/** Milliseconds between looks. */
const POLL = 10_000;
/** Dead letters that are shown; the command line lists the rest. */
const SHOWN = 50;

/** The newest dead letters, and what can be done with some or with all of them. */
export function useDeadLetters() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const list = useQuery(
    trpc.admin.deadLetters.list.queryOptions({ limit: SHOWN }, { refetchInterval: POLL }),
  );
  const look = () => queryClient.invalidateQueries({ queryKey: trpc.admin.pathKey() });
  const onError = (error: unknown) =>
    toastError('That did not work', { description: apiError(error).sentence });
  const redrive = useMutation(
    trpc.admin.deadLetters.redrive.mutationOptions({
      onError,
      onSuccess: ({ jobs, obsolete, postponed }) => {
        const rest = [
          obsolete > 0 && `${obsolete} had nothing left to do`,
          postponed > 0 && `${postponed} wait until outputs are written`,
        ].filter(Boolean);
        toast(`${countOf(jobs, 'job')} queued again`, { description: rest.join(', ') });
        return look();
      },
    }),
  );
  const discard = useMutation(
    trpc.admin.deadLetters.discard.mutationOptions({
      onError,
      onSuccess: ({ discarded }) => {
        toast(`${countOf(discarded, 'dead letter')} thrown away`);
        return look();
      },
    }),
  );
  return {
    list,
    busy: redrive.isPending || discard.isPending,
    redrive: (filter: DeadLetterFilter) => redrive.mutate(filter),
    discard: (filter: DeadLetterFilter) => discard.mutate(filter),
  };
}
