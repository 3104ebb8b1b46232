'use client';

import { ChevronRight, RotateCcw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { DeadLetter } from '#server/dead-letters/list.ts';
import { useFormat } from '../i18n/use-format.ts';
import { cn } from '../ui/cn.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { LateLink } from '../ui/late-link.tsx';
import { DeadLetterDetails } from './dead-letter-details.tsx';

export function DeadLetterRow({
  letter,
  busy,
  onRedrive,
  onDiscard,
}: {
  letter: DeadLetter;
  busy: boolean;
  onRedrive: () => void;
  onDiscard: () => void;
}) {
  const t = useTranslations('operations.dead');
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const { kind, code, attempts, failedAt, document, page } = letter;
  return (
    <li>
      <div className="flex items-center gap-2 px-2 py-2 sm:px-3">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex min-w-0 flex-1 items-center gap-2 rounded-md px-1 py-1 text-left text-sm"
        >
          <ChevronRight
            aria-hidden="true"
            className={cn('size-4 shrink-0 transition-transform', open && 'rotate-90')}
          />
          <span className="min-w-0">
            <span className="block truncate font-medium">
              <bdi dir="auto">{document?.fileName ?? t('gone')}</bdi>
              {page !== null && (
                <span className="font-normal text-ink-muted">{t('page', { page })}</span>
              )}
            </span>
            <span className="block truncate text-[13px] text-ink-muted">
              <code className="font-mono text-xs text-danger">{code}</code> · {kind} ·{' '}
              {t('attempts', { count: attempts })} · {format.age(failedAt, Date.now())}
            </span>
          </span>
        </button>
        <IconButton label={t('redrive')} disabled={busy} onClick={onRedrive}>
          <RotateCcw />
        </IconButton>
        <IconButton label={t('discard')} disabled={busy} onClick={onDiscard}>
          <Trash2 />
        </IconButton>
      </div>
      {open && (
        <div className="border-t border-line bg-sunken px-4 py-4 sm:px-6">
          {document && (
            <LateLink href={`/documents/${document.id}`} className="text-sm text-accent underline">
              {t('open')}
            </LateLink>
          )}
          <DeadLetterDetails id={letter.id} />
        </div>
      )}
    </li>
  );
}
