'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslations } from 'use-intl/react';
import { type DocumentSummary, useTRPC, useTRPCClient } from '../data/trpc.ts';
import { useServerWords } from '../i18n/i18n-provider.tsx';
import { applyDocuments } from '../live/apply-update.ts';
import { toast } from '../ui/toast.ts';

/** Adds a tag to documents, and tells how many have it now. */
export function useTagging() {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const t = useTranslations('documents.selection');
  const words = useServerWords();
  return useCallback(
    async (documents: DocumentSummary[], tag: string) => {
      const asked = await Promise.allSettled(
        documents.map(({ id, tags }) =>
          client.documents.update.mutate({ documentId: id, tags: [...tags, tag] }),
        ),
      );
      const failed = asked.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
      const changed = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      applyDocuments({ queryClient, trpc }, changed, []);
      if (changed.length > 0) toast(t('tagged', { tag, count: changed.length }));
      if (failed.length > 0) {
        toast(t('tagFailed', { count: failed.length }), {
          description: words.thrown(failed[0]),
        });
      }
    },
    [client, trpc, queryClient, t, words],
  );
}
