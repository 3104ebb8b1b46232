'use client';

import { CircleStop, Ellipsis, FileText, Play, RotateCcw, SquareCheck, Trash2 } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import type { DocumentSummary } from '../data/trpc.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { FormatIcon } from './format-icon.tsx';
import { nameOf } from './name.ts';
import { canRetry, hasOutputs, isUnderWay } from './states.ts';
import { useDocumentActions } from './use-actions.ts';
import { useRemoval } from './use-removal.ts';

/** The first thing one would do with the document, and a menu of the rest. */
export function RowActions({
  document,
  onSelect,
}: {
  document: DocumentSummary;
  onSelect: (id: string, range: boolean) => void;
}) {
  const t = useTranslations('documents');
  const common = useTranslations('common');
  const formats = useTranslations('formats');
  const actions = useDocumentActions(document.id);
  const remove = useRemoval();
  const done = hasOutputs(document.status);
  const running = isUnderWay(document.status);
  return (
    <div className="relative z-10 flex items-center justify-end">
      <span className="hidden sm:contents">
        {done && (
          <IconButton
            label={t('actions.downloadText')}
            onClick={() => actions.download({ format: 'txt' })}
          >
            <FileText />
          </IconButton>
        )}
        {running && (
          <IconButton label={common('cancel')} onClick={actions.cancel}>
            <CircleStop />
          </IconButton>
        )}
        {!done && canRetry(document) && (
          <IconButton label={common('tryAgain')} onClick={actions.retry}>
            <RotateCcw />
          </IconButton>
        )}
      </span>
      <Menu
        trigger={
          <IconButton label={t('actions.more', { name: nameOf(document) })}>
            <Ellipsis />
          </IconButton>
        }
      >
        {done &&
          document.options.formats.map((format) => (
            <MenuItem key={format} onClick={() => actions.download({ format })}>
              <FormatIcon format={format} />{' '}
              {t('actions.downloadFormat', { format: formats(format) })}
            </MenuItem>
          ))}
        {document.startAt && (
          <MenuItem onClick={actions.startNow}>
            <Play aria-hidden="true" /> {t('actions.startNow')}
          </MenuItem>
        )}
        {running && (
          <MenuItem onClick={actions.cancel}>
            <CircleStop aria-hidden="true" /> {common('cancel')}
          </MenuItem>
        )}
        {canRetry(document) && (
          <MenuItem onClick={actions.retry}>
            <RotateCcw aria-hidden="true" /> {done ? t('actions.retryFailed') : common('tryAgain')}
          </MenuItem>
        )}
        <MenuItem onClick={() => onSelect(document.id, false)}>
          <SquareCheck aria-hidden="true" /> {t('select')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem danger onClick={() => remove([document])}>
          <Trash2 aria-hidden="true" /> {common('delete')}
        </MenuItem>
      </Menu>
    </div>
  );
}
