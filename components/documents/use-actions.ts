'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import { awaitOutput, type WantedOutput } from '#client/await-output.ts';
import { type DocumentSummary, useTRPC, useTRPCClient } from '../data/trpc.ts';
import { useServerWords } from '../i18n/i18n-provider.tsx';
import { applyDocuments, applyPages } from '../live/apply-update.ts';
import { mergePages } from '../live/merge-pages.ts';
import { toast } from '../ui/toast.ts';
import { useCopyText } from './use-copy-text.ts';

/** What was asked for is downloaded once it is there, as long as the tab is. */
const NEVER = new AbortController().signal;

export type DocumentActions = ReturnType<typeof useDocumentActions>;

/** What can be done with a document. Each tells of a failure by itself. */
export function useDocumentActions(documentId: string) {
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const t = useTranslations('documents');
  const formats = useTranslations('formats');
  const words = useServerWords();
  const copy = useCopyText();
  return useMemo(() => {
    const tell = (failure: string) => (error: unknown) =>
      toast(failure, { description: words.thrown(error) });
    const cache = { queryClient, trpc };
    const update = (request: Promise<DocumentSummary>, failure: string) =>
      request.then((document) => applyDocuments(cache, [document], [])).catch(tell(failure));
    return {
      cancel: () => update(client.documents.cancel.mutate({ documentId }), t('failures.cancel')),
      describe: (changes: { title: string | null; tags: string[] }) =>
        update(client.documents.update.mutate({ documentId, ...changes }), t('failures.describe')),
      startNow: () =>
        update(client.documents.startNow.mutate({ documentId }), t('failures.startNow')),
      retry: () => update(client.documents.retry.mutate({ documentId }), t('failures.retry')),
      retryPage: (page: number) =>
        client.pages.retry
          .mutate({ documentId, page })
          .then((view) => applyPages(cache, documentId, (pages) => mergePages(pages, [view])))
          .catch(tell(t('failures.retryPage', { page }))),
      download: (wanted: Omit<WantedOutput, 'documentId'>) =>
        awaitOutput(client, { documentId, ...wanted }, NEVER)
          .then(save)
          .catch(tell(t('failures.download', { format: formats(wanted.format) }))),
      copyText: () =>
        copy.whole(awaitOutput(client, { documentId, format: 'txt' }, NEVER).then(fetchText)),
    };
  }, [queryClient, trpc, client, documentId, t, formats, words, copy]);
}

async function fetchText({ url }: { url: string }): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the text answered ${response.status}`);
  return response.text();
}

function save({ url, fileName }: { url: string; fileName: string }): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
}
