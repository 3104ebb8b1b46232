'use client';

import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl/react';
import { removeOnLeave } from '../data/api-client.ts';
import { isNotFound } from '../data/api-error.ts';
import { type DocumentSummary, useTRPCClient } from '../data/trpc.ts';
import { useServerWords } from '../i18n/i18n-provider.tsx';
import { toast } from '../ui/toast.ts';
import { beginRemoval, readHidden, subscribeToRemovals, takeRemovals } from './removals.ts';

/** Milliseconds in which a deletion can be taken back. */
const UNDO_TIME = 6_000;
const NONE: ReadonlySet<string> = new Set();

/** Documents that are deleted as far as people see. */
export function useHiddenDocuments(): ReadonlySet<string> {
  return useSyncExternalStore(subscribeToRemovals, readHidden, () => NONE);
}

type Removed = Pick<DocumentSummary, 'id' | 'fileName'>;

/** Deletes documents, with time to think again. */
export function useRemoval(): (documents: Removed[]) => void {
  const client = useTRPCClient();
  const t = useTranslations('documents.removal');
  const common = useTranslations('common');
  const words = useServerWords();
  return useCallback(
    (documents) => {
      const removals = documents.map(({ id, fileName }) =>
        beginRemoval(id, () =>
          client.documents.remove.mutate({ documentId: id }).catch((error: unknown) => {
            if (isNotFound(error)) return;
            toast(t('failed', { name: shorten(fileName) }), {
              description: words.thrown(error),
            });
            throw error;
          }),
        ),
      );
      const commit = () => {
        for (const removal of removals) removal.commit();
      };
      const [first] = documents;
      const message =
        first && documents.length === 1
          ? t('done', { name: shorten(first.fileName) })
          : t('doneMany', { count: documents.length });
      toast(message, {
        duration: UNDO_TIME,
        actions: [
          {
            label: common('undo'),
            onClick: () => {
              for (const removal of removals) removal.undo();
            },
          },
        ],
        onClose: commit,
      });
    },
    [client, t, common, words],
  );
}

/** Carries out what was asked for when the page is left before its time to undo is over. */
export function useCommitOnLeave(): void {
  useEffect(() => {
    const commit = () => removeOnLeave(takeRemovals());
    window.addEventListener('pagehide', commit);
    return () => window.removeEventListener('pagehide', commit);
  }, []);
}

function shorten(name: string): string {
  return name.length > 48 ? `${name.slice(0, 30)}…${name.slice(-14)}` : name;
}
