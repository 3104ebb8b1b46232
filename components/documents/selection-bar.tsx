'use client';

import { ChevronDown, Download, FileArchive, Trash2, X } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { ARCHIVED_FORMATS, type OutputFormat } from '#server/documents/formats.ts';
import type { DocumentSummary } from '../data/trpc.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { FormatIcon } from './format-icon.tsx';
import { TagButton } from './tag-button.tsx';
import { useArchive } from './use-archive.ts';
import { useRemoval } from './use-removal.ts';
import type { Selection } from './use-selection.ts';

/** What can be done with the documents that are chosen; there while some are. */
export function SelectionBar({
  selection,
  documents,
  shown,
}: {
  selection: Selection;
  /** Those that are chosen. */
  documents: DocumentSummary[];
  shown: number;
}) {
  const t = useTranslations('documents.selection');
  const formats = useTranslations('formats');
  const { making, download } = useArchive();
  const common = useTranslations('common');
  const remove = useRemoval();
  const { ids } = selection;
  const save = (formats: OutputFormat[]) => void download(ids, formats);
  return (
    <section
      aria-label={t('label')}
      className="sticky bottom-4 z-30 mt-4 flex animate-enter justify-center"
    >
      <div className="flex flex-wrap items-center justify-end gap-1.5 rounded-2xl bg-surface p-1.5 shadow-pop sm:pl-4">
        <div className="flex items-center gap-1.5 max-sm:basis-full max-sm:justify-between max-sm:pl-2.5">
          <p aria-hidden="true" className="mr-1 text-sm font-medium whitespace-nowrap tabular-nums">
            {t('count', { count: ids.length })}
          </p>
          {ids.length < shown && (
            <Button variant="ghost" onClick={selection.all}>
              {t('all', { count: shown })}
            </Button>
          )}
        </div>
        <Menu
          trigger={
            <Button variant="primary" disabled={making !== null} focusableWhenDisabled>
              <Download aria-hidden="true" className={making === null ? '' : 'animate-pulse'} />
              <DownloadWord making={making} />
              <ChevronDown aria-hidden="true" />
            </Button>
          }
        >
          {ARCHIVED_FORMATS.map((format) => (
            <MenuItem key={format} onClick={() => save([format])}>
              <FormatIcon format={format} /> {formats(format)}
            </MenuItem>
          ))}
          <MenuSeparator />
          <MenuItem onClick={() => save([...ARCHIVED_FORMATS])}>
            <FileArchive aria-hidden="true" /> {t('allFormats')}
          </MenuItem>
        </Menu>
        <TagButton documents={documents} />
        <IconButton label={common('delete')} onClick={() => remove(documents)}>
          <Trash2 />
        </IconButton>
        <IconButton label={t('clear')} onClick={selection.clear}>
          <X />
        </IconButton>
      </div>
    </section>
  );
}

function DownloadWord({ making }: { making: number | null }) {
  const t = useTranslations('documents.selection');
  const common = useTranslations('common');
  if (making === null) return common('download');
  return making === 0 ? t('preparing') : t('making', { count: making });
}
