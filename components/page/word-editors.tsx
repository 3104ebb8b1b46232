'use client';

import { createContext, use, useState } from 'react';
import { type Segment, segmentsText } from '#server/corrections/apply.ts';
import { WordEditor } from './word-editor.tsx';

/** What the editors of a page do with what is typed. */
export interface EditorActions {
  save: (segments: Segment[], text: string) => void;
  /** Saves while the editor goes away with what it stood in. */
  rescue: (segments: Segment[], text: string) => void;
  cancel: () => void;
  next: (from: number, step: 1 | -1) => void;
}

export const EditorContext = createContext<EditorActions>({
  save: () => undefined,
  rescue: () => undefined,
  cancel: () => undefined,
  next: () => undefined,
});

/**
 * Saves what it began with as what was seen: should somebody else change the word meanwhile, that is
 * not overwritten.
 */
export function SegmentEditor({ segment }: { segment: Segment }) {
  const { save, rescue, cancel, next } = use(EditorContext);
  const [begun] = useState([segment]);
  return (
    <WordEditor
      text={segmentsText(begun)}
      onSave={(text) => save(begun, text)}
      onLeave={(text) => rescue(begun, text)}
      onCancel={cancel}
      onNext={(step) => next(segment.first, step)}
    />
  );
}

/** As for a word. */
export function LineEditor({ segments }: { segments: Segment[] }) {
  const { save, rescue, cancel, next } = use(EditorContext);
  const [begun] = useState(segments);
  return (
    <WordEditor
      line
      text={segmentsText(begun)}
      onSave={(text) => save(begun, text)}
      onLeave={(text) => rescue(begun, text)}
      onCancel={cancel}
      onNext={(step) => next(segments[0]?.first ?? 0, step)}
    />
  );
}
