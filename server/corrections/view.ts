import type { CorrectionRow } from '#db/schema/index.ts';
import type { Correction } from './apply.ts';

/** A correction as callers see it, with its history. */
export interface CorrectionView extends Correction {
  author: string;
  createdAt: string;
  /** `active` ones count. */
  state: 'active' | 'replaced' | 'undone';
}

export function correctionView(row: CorrectionRow): CorrectionView {
  const { id, firstWord, wordCount, box, oldText, newText } = row;
  const state = row.undoneAt ? 'undone' : row.replacedBy ? 'replaced' : 'active';
  const createdAt = row.createdAt.toISOString();
  return {
    id,
    firstWord,
    wordCount,
    box,
    oldText,
    newText,
    author: row.authorId,
    createdAt,
    state,
  };
}
