'use client';

import { createContext, use } from 'react';
import { type Segment, segmentsText } from '#server/corrections/apply.ts';
import { WordEditor } from './word-editor.tsx';

/** What the editors of a page do with what is typed. */
export interface EditorActions {
  save: (segments: Segment[], text: string) => void;
  cancel: () => void;
  next: (from: number, step: 1 | -1) => void;
}

export const EditorContext = createContext<EditorActions>({
  save: () => undefined,
  cancel: () => undefined,
  next: () => undefined,
});

export function SegmentEditor({ segment }: { segment: Segment }) {
  const { save, cancel, next } = use(EditorContext);
  return (
    <WordEditor
      text={segmentsText([segment])}
      onSave={(text) => save([segment], text)}
      onCancel={cancel}
      onNext={(step) => next(segment.first, step)}
    />
  );
}

export function LineEditor({ segments }: { segments: Segment[] }) {
  const { save, cancel, next } = use(EditorContext);
  return (
    <WordEditor
      line
      text={segmentsText(segments)}
      onSave={(text) => save(segments, text)}
      onCancel={cancel}
      onNext={(step) => next(segments[0]?.first ?? 0, step)}
    />
  );
}
