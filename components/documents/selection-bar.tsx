'use client';

import { ChevronDown, Download, FileArchive, X } from 'lucide-react';
import { ARCHIVED_FORMATS, OUTPUTS, type OutputFormat } from '#server/documents/formats.ts';
import { Button } from '../ui/button.tsx';
import { cn } from '../ui/cn.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { formatNumber } from './format.ts';
import { FormatIcon } from './format-icon.tsx';
import { useArchive } from './use-archive.ts';
import type { Selection } from './use-selection.ts';

/** What can be done with the documents that are chosen; there while some are. */
export function SelectionBar({ selection, shown }: { selection: Selection; shown: number }) {
  const { making, download } = useArchive();
  const { ids } = selection;
  const save = (formats: OutputFormat[]) => void download(ids, formats);
  return (
    <section
      aria-label="Selected documents"
      className={cn(
        'sticky bottom-4 z-30 mt-4 flex justify-center transition-opacity duration-150',
        ids.length === 0 && 'invisible opacity-0',
      )}
    >
      <div className="flex items-center gap-1.5 rounded-2xl bg-surface p-1.5 pl-4 shadow-pop">
        <p aria-live="polite" className="mr-1 text-sm font-medium whitespace-nowrap tabular-nums">
          {ids.length > 0 && `${formatNumber(ids.length)} selected`}
        </p>
        {ids.length < shown && (
          <Button variant="ghost" onClick={selection.all} className="max-sm:hidden">
            Select all {formatNumber(shown)}
          </Button>
        )}
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
              <FormatIcon format={format} /> {OUTPUTS[format].name}
            </MenuItem>
          ))}
          <MenuSeparator />
          <MenuItem onClick={() => save([...ARCHIVED_FORMATS])}>
            <FileArchive aria-hidden="true" /> All formats
          </MenuItem>
        </Menu>
        <IconButton label="Clear the selection" onClick={selection.clear}>
          <X />
        </IconButton>
      </div>
    </section>
  );
}

function DownloadWord({ making }: { making: number | null }) {
  if (making === null) return 'Download';
  return making === 0 ? 'Preparing…' : `Making ${formatNumber(making)}…`;
}
