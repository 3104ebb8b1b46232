'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { awaitOutput, type WantedOutput } from '#client/await-output.ts';
import { OUTPUTS } from '#server/documents/formats.ts';
import { apiError } from '../data/api-error.ts';
import { type DocumentSummary, useTRPC, useTRPCClient } from '../data/trpc.ts';
import { applyDocuments, applyPages } from '../live/apply-update.ts';
import { mergePages } from '../live/merge-pages.ts';
import { toast, toastError } from '../ui/toast.ts';

/** What was asked for is downloaded once it is there, as long as the tab is. */
const NEVER = new AbortController().signal;

export type DocumentActions = ReturnType<typeof useDocumentActions>;

/** What can be done with a document. Each tells of a failure by itself. */
export function useDocumentActions(documentId: string) {
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const client = useTRPCClient();
  return useMemo(() => {
    const cache = { queryClient, trpc };
    const update = (request: Promise<DocumentSummary>, failure: string) =>
      request.then((document) => applyDocuments(cache, [document], [])).catch(tell(failure));
    return {
      cancel: () =>
        update(
          client.documents.cancel.mutate({ documentId }),
          'The document could not be canceled',
        ),
      describe: (changes: { title: string | null; tags: string[] }) =>
        update(
          client.documents.update.mutate({ documentId, ...changes }),
          'The title and tags could not be changed',
        ),
      startNow: () =>
        update(
          client.documents.startNow.mutate({ documentId }),
          'The document could not be started',
        ),
      retry: () =>
        update(
          client.documents.retry.mutate({ documentId }),
          'The document could not be read again',
        ),
      retryPage: (page: number) =>
        client.pages.retry
          .mutate({ documentId, page })
          .then((view) => applyPages(cache, documentId, (pages) => mergePages(pages, [view])))
          .catch(tell(`Page ${page} could not be read again`)),
      download: (wanted: Omit<WantedOutput, 'documentId'>) =>
        awaitOutput(client, { documentId, ...wanted }, NEVER)
          .then(save)
          .catch(tell(`${OUTPUTS[wanted.format].name} could not be downloaded`)),
      copyText: () => copyWhole(awaitOutput(client, { documentId, format: 'txt' }, NEVER)),
    };
  }, [queryClient, trpc, client, documentId]);
}

/** Puts text on the clipboard and says so. */
export async function copyText(text: string | Promise<string>, what: string): Promise<void> {
  try {
    if (!navigator.clipboard) throw new Error('no clipboard');
    const blob = Promise.resolve(text).then((value) => new Blob([value], { type: 'text/plain' }));
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
    toast(`${what} copied`);
  } catch {
    toastError(`${what} could not be copied`, {
      description: 'The browser allows copying only on HTTPS or localhost, in the tab in front.',
    });
  }
}

function copyWhole(address: Promise<{ url: string }>): Promise<void> {
  const text = address.then(async ({ url }) => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`the text answered ${response.status}`);
    return response.text();
  });
  return copyText(text, 'The whole text');
}

function save({ url, fileName }: { url: string; fileName: string }): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
}

function tell(failure: string): (error: unknown) => void {
  return (error) => {
    toastError(failure, { description: apiError(error).sentence });
  };
}
