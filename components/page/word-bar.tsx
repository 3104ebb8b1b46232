'use client';

import { Check, Pencil, X } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { type Segment, segmentsText } from '#server/corrections/apply.ts';
import { useFormat } from '../i18n/use-format.ts';
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
  const t = useTranslations('page.word');
  const stateOf = useWordState();
  return (
    <>
      <p role="status" className="sr-only">
        {segment && t('said', { word: segmentsText([segment]), state: stateOf(segment) })}
      </p>
      {segment && (
        <div className="flex h-12 shrink-0 items-center gap-2 border-t border-line bg-surface px-4">
          <p aria-hidden="true" className="min-w-0 flex-1 truncate text-sm">
            <bdi className="font-serif text-[17px]">{segmentsText([segment])}</bdi>{' '}
            <span className="text-[13px] text-ink-muted">{stateOf(segment)}</span>
          </p>
          {segment.correction === null && (
            <Button size="sm" onClick={onAccept}>
              <Check aria-hidden="true" /> {t('accept')}
            </Button>
          )}
          <Button size="sm" onClick={onEdit}>
            <Pencil aria-hidden="true" /> {t('correct')}
          </Button>
          <IconButton label={t('letGo')} onClick={onClose}>
            <X />
          </IconButton>
        </div>
      )}
    </>
  );
}

function useWordState(): (segment: Segment) => string {
  const t = useTranslations('page.word');
  const common = useTranslations('common');
  const format = useFormat();
  return (segment) => {
    if (segment.correction) return t('corrected');
    const confidence = confidenceOf(segment);
    if (confidence === null) return t('native');
    return common('confidence', { percent: format.percent(confidence) });
  };
}
