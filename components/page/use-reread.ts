'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { RereadOptions } from '#server/rereadings/schemas.ts';
import { apiError } from '../data/api-error.ts';
import { type Page, useTRPCClient } from '../data/trpc.ts';
import { countOf } from '../documents/format.ts';
import { toast, toastError } from '../ui/toast.ts';
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
  const client = useTRPCClient();
  return useMemo(
    () => ({
      request: (pages: string, options: RereadOptions) =>
        client.rereadings.request
          .mutate({ documentId, pages, options })
          .then(({ pages: count }) => {
            toast(`${countOf(count, 'page')} to be read again`);
            return true;
          })
          .catch(tell('The pages could not be read again')),
      take: (rereadingId: string) =>
        client.rereadings.take
          .mutate({ documentId, rereadingId })
          .then(() => true)
          .catch(tell('The new reading could not be taken')),
      drop: (rereadingId: string) =>
        client.rereadings.drop
          .mutate({ documentId, rereadingId })
          .then(() => true)
          .catch(tell('The new reading could not be dropped')),
    }),
    [client, documentId],
  );
}

function tell(message: string): (error: unknown) => boolean {
  return (error) => {
    toastError(message, { description: apiError(error).sentence });
    return false;
  };
}
