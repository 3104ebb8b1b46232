'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import { type Segment, segmentsText } from '#server/corrections/apply.ts';
import type { CorrectionView } from '#server/corrections/view.ts';
import { type Page, useTRPCClient } from '../data/trpc.ts';
import { useServerWords } from '../i18n/i18n-provider.tsx';
import { type ToastOptions, toast } from '../ui/toast.ts';
import { changeCorrections } from './use-page-data.ts';

/** The one place of messages about corrections: the next takes the place of the last. */
const TOAST = 'correction';
/** Milliseconds in which the message offers to take it back; the history does for good. */
const UNDO_TIME = 8_000;
/** Milliseconds in which what was typed and refused can be copied. */
const REFUSED_TIME = 20_000;

export interface CorrectionActions {
  /** Makes these segments of one line read `text`; false where that was refused. */
  correct: (segments: Segment[], text: string) => Promise<boolean>;
  undo: (correctionId: string) => Promise<boolean>;
}

/** Corrects the words of a page. Each tells of a failure by itself, and how to take it back. */
export function useCorrect(documentId: string, page: Page | undefined): CorrectionActions {
  const t = useTranslations('page.corrections');
  const common = useTranslations('common');
  const words = useServerWords();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const number = page?.number ?? 0;
  const layout = page?.layout ?? '';
  return useMemo(() => {
    const refused =
      (message: string, options: ToastOptions = {}) =>
      (error: unknown) => {
        toast(message, { description: words.thrown(error), ...options });
        return false;
      };
    const notSaved = (shown: string, text: string) => {
      if (text.trim() === '') return refused(t('removeFailed', { old: shown }));
      const copied = { label: t('copy'), onClick: () => void navigator.clipboard?.writeText(text) };
      const options = { duration: REFUSED_TIME, edge: 'top' as const, actions: [copied] };
      return refused(t('failed', { text }), options);
    };
    const messageOf = ({ oldText, newText }: CorrectionView) => {
      if (newText === '') return t('removed', { old: oldText });
      if (newText === oldText) return t('right', { word: newText });
      return t('changed', { old: oldText, word: newText });
    };
    const change = (next: (known: CorrectionView[]) => CorrectionView[]) =>
      changeCorrections(queryClient, documentId, number, next);
    const undo = (correctionId: string) =>
      client.corrections.undo.mutate({ documentId, correctionId }).then(
        (view) => {
          change((known) => withUndone(known, view));
          return true;
        },
        refused(t('undoFailed')),
      );
    const correct = (segments: Segment[], text: string) => {
      const [from, to] = [segments[0], segments.at(-1)];
      if (!from || !to) return Promise.resolve(false);
      const shown = segmentsText(segments);
      const place = { first: from.first, count: to.first + to.count - from.first };
      return client.corrections.correct
        .mutate({ documentId, page: number, layout, ...place, shown, text })
        .then(
          (view) => {
            change((known) => withCorrection(known, view));
            toast(messageOf(view), {
              id: TOAST,
              duration: UNDO_TIME,
              // At the bottom are the buttons for the word.
              edge: 'top',
              actions: [{ label: common('undo'), onClick: () => void undo(view.id) }],
            });
            return true;
          },
          notSaved(shown, text),
        );
    };
    return { correct, undo };
  }, [client, queryClient, documentId, number, layout, t, common, words]);
}

/** Those of the same words no longer count. */
function withCorrection(known: CorrectionView[], added: CorrectionView): CorrectionView[] {
  const end = added.firstWord + added.wordCount;
  const covered = ({ firstWord, wordCount, state }: CorrectionView) =>
    state === 'active' && firstWord < end && firstWord + wordCount > added.firstWord;
  return [
    ...known
      .filter(({ id }) => id !== added.id)
      .map((one) => (covered(one) ? { ...one, state: 'replaced' as const } : one)),
    added,
  ];
}

function withUndone(known: CorrectionView[], undone: CorrectionView): CorrectionView[] {
  return known.map((one) => (one.id === undone.id ? undone : one));
}
