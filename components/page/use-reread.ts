'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import type { RereadOptions } from '#server/rereadings/schemas.ts';
import { type Page, useTRPCClient } from '../data/trpc.ts';
import { useServerWords } from '../i18n/i18n-provider.tsx';
import { toast } from '../ui/toast.ts';
import { untilFetched } from '../viewer/use-page-text.ts';

/** The second reading of a page that waits to be chosen; null for none, undefined until known. */
export function useRereading(documentId: string, page: Page) {
  const client = useTRPCClient();
  return useQuery({
    queryKey: ['rereading', documentId, page.number, page.seq],
    queryFn: ({ signal }) =>
      client.rereadings.get.query({ documentId, page: page.number }, { signal }),
    enabled: page.layout !== null,
    ...untilFetched,
    placeholderData: (previous, query) =>
      query?.queryKey[2] === page.number ? previous : undefined,
  }).data;
}

/** Each tells of a failure by itself; the page changes by the stream. */
export function useRereadActions(documentId: string) {
  const t = useTranslations('page.reread');
  const words = useServerWords();
  const client = useTRPCClient();
  return useMemo(() => {
    const tell = (message: string) => (error: unknown) => {
      toast(message, { description: words.thrown(error), edge: 'top' });
    };
    return {
      request: (pages: string, options: RereadOptions) =>
        client.rereadings.request
          .mutate({ documentId, pages, options })
          .then(({ pages: count }) => toast(t('requested', { count }), { edge: 'top' }))
          .catch(tell(t('requestFailed'))),
      take: (rereadingId: string) =>
        client.rereadings.take
          .mutate({ documentId, rereadingId })
          .then(() => toast(t('taken'), { edge: 'top' }))
          .catch(tell(t('takeFailed'))),
      drop: (rereadingId: string) =>
        client.rereadings.drop.mutate({ documentId, rereadingId }).catch(tell(t('dropFailed'))),
    };
  }, [client, documentId, t, words]);
}
