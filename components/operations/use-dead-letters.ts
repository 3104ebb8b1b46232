'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl/react';
import type { DeadLetterFilter } from '#server/dead-letters/schemas.ts';
import { useTRPC } from '../data/trpc.ts';
import { useServerWords } from '../i18n/i18n-provider.tsx';
import { toast } from '../ui/toast.ts';

/** Milliseconds between looks. */
const POLL = 10_000;
/** Dead letters that are shown; the command line lists the rest. */
const SHOWN = 50;

/** The newest dead letters, and what can be done with some or with all of them. */
export function useDeadLetters() {
  const t = useTranslations('operations.dead');
  const words = useServerWords();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const list = useQuery(
    trpc.admin.deadLetters.list.queryOptions({ limit: SHOWN }, { refetchInterval: POLL }),
  );
  const look = () => queryClient.invalidateQueries({ queryKey: trpc.admin.pathKey() });
  const onError = (error: unknown) => toast(t('failure'), { description: words.thrown(error) });
  const redrive = useMutation(
    trpc.admin.deadLetters.redrive.mutationOptions({
      onError,
      onSuccess: ({ jobs, obsolete, postponed }) => {
        const rest = [
          obsolete > 0 && t('obsolete', { count: obsolete }),
          postponed > 0 && t('postponed', { count: postponed }),
        ].filter(Boolean);
        toast(t('redriven', { count: jobs }), { description: rest.join(', ') });
        return look();
      },
    }),
  );
  const discard = useMutation(
    trpc.admin.deadLetters.discard.mutationOptions({
      onError,
      onSuccess: ({ discarded }) => {
        toast(t('discarded', { count: discarded }));
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
