'use client';

import { useMemo, useRef } from 'react';
import type { Segment, TracedLayout } from '#server/corrections/apply.ts';
import { segmentsText } from '#server/corrections/apply.ts';
import type { Page } from '../data/trpc.ts';
import { isDoubtful, nextDoubtful, segmentAt, segmentsOf } from './segments.ts';
import { useCorrect } from './use-correct.ts';
import { useHotkeys } from './use-hotkeys.ts';
import type { WordChoice } from './use-word.ts';
import type { EditorActions } from './word-editors.tsx';

export type WordActions = ReturnType<typeof useWordActions>;

/** What can be done with the words of a page, also by keys. */
export function useWordActions(
  documentId: string,
  page: Page,
  traced: TracedLayout | undefined,
  threshold: number,
  word: WordChoice,
) {
  const { correct, undo } = useCorrect(documentId, page);
  const segments = useMemo(() => (traced ? segmentsOf(traced) : []), [traced]);
  const chosen = traced && word.chosen !== null ? segmentAt(traced, word.chosen) : undefined;
  const goOn = (step: 1 | -1, editing = false, from = word.chosen) => {
    const next = nextDoubtful(segments, threshold, from, step);
    if (next && next.first !== from) word.choose(next.first, editing ? 'word' : null);
    else word.choose(word.chosen);
  };
  const move = (step: 1 | -1) => {
    const at = segments.findIndex(({ first }) => first === chosen?.first);
    const to = at < 0 ? segments.at(step === 1 ? 0 : -1) : segments[at + step];
    if (to) word.choose(to.first);
  };
  const edit = (kind: 'word' | 'line') => chosen && word.choose(chosen.first, kind);
  const accept = () => {
    if (!chosen || chosen.correction) return;
    void correct([chosen], segmentsText([chosen]));
    goOn(1);
  };
  const editor = useStableEditor({
    save: (edited: Segment[], text: string) => {
      word.choose(word.chosen);
      void correct(edited, text);
    },
    rescue: (edited: Segment[], text: string) => void correct(edited, text),
    cancel: () => word.choose(word.chosen),
    next: (from, step) => goOn(step, true, from),
  });
  useHotkeys({
    n: () => goOn(1),
    'shift+n': () => goOn(-1),
    '[': () => move(-1),
    ']': () => move(1),
    ...(chosen && {
      enter: () => edit('word'),
      l: () => edit('line'),
      a: accept,
      escape: () => word.choose(null),
    }),
  });
  const doubtful = segments.filter((segment) => isDoubtful(segment, threshold)).length;
  return { chosen, doubtful, goOn, edit, accept, undo, editor };
}

/** The same object for life, so that lines are not rendered for new callbacks. */
function useStableEditor(actions: EditorActions): EditorActions {
  const latest = useRef(actions);
  latest.current = actions;
  return useMemo(
    () => ({
      save: (...given) => latest.current.save(...given),
      rescue: (...given) => latest.current.rescue(...given),
      cancel: () => latest.current.cancel(),
      next: (...given) => latest.current.next(...given),
    }),
    [],
  );
}
