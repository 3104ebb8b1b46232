'use client';

import { Check, Pencil, X } from 'lucide-react';
import { type Segment, segmentsText } from '#server/corrections/apply.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { confidenceOf } from './segments.ts';

/** The word that was chosen, said aloud, and what can be done with it. */
export function WordBar({
  segment,
  onEdit,
  onAccept,
  onClose,
}: {
  segment: Segment | undefined;
  onEdit: () => void;
  onAccept: () => void;
  onClose: () => void;
}) {
  return (
    <>
      <p role="status" className="sr-only">
        {segment && described(segment)}
      </p>
      {segment && (
        <div className="flex h-12 shrink-0 items-center gap-2 border-t border-line bg-surface px-4">
          <p aria-hidden="true" className="min-w-0 flex-1 truncate text-sm">
            <bdi className="font-serif text-[17px]">{segmentsText([segment])}</bdi>{' '}
            <span className="text-[13px] text-ink-muted">{stateOf(segment)}</span>
          </p>
          {segment.correction === null && (
            <Button size="sm" onClick={onAccept}>
              <Check aria-hidden="true" /> Right
            </Button>
          )}
          <Button size="sm" onClick={onEdit}>
            <Pencil aria-hidden="true" /> Correct
          </Button>
          <IconButton label="Let go of the word" onClick={onClose}>
            <X />
          </IconButton>
        </div>
      )}
    </>
  );
}

function described(segment: Segment): string {
  return `${segmentsText([segment])}: ${stateOf(segment)}`;
}

function stateOf(segment: Segment): string {
  if (segment.correction) return 'corrected';
  const confidence = confidenceOf(segment);
  return confidence === null ? 'text from the file' : `${Math.round(confidence)}% confidence`;
}
